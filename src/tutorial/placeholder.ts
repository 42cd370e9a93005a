import type { Bindings } from "../world/world.ts";

/**
 * What prose and solutions write for a role: `{you}` is a person's address, `{you.server}`, `{you.localpart}` and
 * `{you.name}` are parts of it, `{room.chat}` is a room's id. `{you.password}` is for solutions only: the
 * password that was chosen for the practice account.
 */
export type Placeholder =
  | { kind: "person"; person: string; part: "user" | "server" | "localpart" | "name" | "password" }
  | { kind: "room"; room: string };

const parts = ["server", "localpart", "name", "password"] as const;
export const placeholderPattern = /\{([a-z][a-z0-9.-]*)\}/g;

/** Reads what stands between the braces. */
export function parsePlaceholder(inside: string): Placeholder | undefined {
  const [first = "", second, third] = inside.split(".");
  if (third !== undefined || first === "") return undefined;
  if (first === "room") return second === undefined ? undefined : { kind: "room", room: second };
  if (second === undefined) return { kind: "person", person: first, part: "user" };
  const part = parts.find((known) => known === second);
  return part && { kind: "person", person: first, part };
}

/** Who and what the roles are, and the passwords of practice accounts where they are needed. */
export type Filling = Bindings & { passwords?: Readonly<Record<string, string>> };

/** The text that a placeholder stands for now; `undefined` while nobody plays the role yet. */
export function fillPlaceholder(placeholder: Placeholder, filling: Filling): string | undefined {
  if (placeholder.kind === "room") return filling.rooms[placeholder.room];
  const person = filling.people[placeholder.person];
  switch (placeholder.part) {
    case "user":
      return person?.user;
    case "server":
      return person?.server;
    case "name":
      return person?.name;
    case "localpart":
      return person?.user?.slice(1).split(":")[0];
    case "password":
      return filling.passwords?.[placeholder.person];
  }
}

/** Fills all placeholders of a text. What is not known yet stays as it is. */
export function fillText(text: string, filling: Filling): string {
  return text.replace(placeholderPattern, (whole, inside: string) => {
    const placeholder = parsePlaceholder(inside);
    return (placeholder && fillPlaceholder(placeholder, filling)) ?? whole;
  });
}

/** Fills the placeholders in every text of a plain value, such as an action or a condition. */
export function fillValue<Value>(value: Value, filling: Filling): Value {
  if (typeof value === "string") return fillText(value, filling) as Value;
  if (Array.isArray(value)) return value.map((each: unknown) => fillValue(each, filling)) as Value;
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, fillValue(each, filling)]),
    ) as Value;
  }
  return value;
}
