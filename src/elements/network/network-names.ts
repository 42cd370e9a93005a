import { say } from "../../catalogue/late.ts";
import type { DeviceKind } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import { deviceName } from "../device-name.ts";
import type { NetworkHost } from "./network-state.ts";

/** What is known of names, to speak of hosts and people as a learner knows them. */
export type NameSource = {
  hosts: ReadonlyMap<string, Pick<NetworkHost, "role" | "person" | "displayName">>;
  bindings?: Bindings | undefined;
};

const kinds: readonly DeviceKind[] = ["laptop", "phone", "tablet"];

/** What a device is, as far as its name says it. */
export function deviceKind(host: string): DeviceKind {
  const device = host.slice(host.indexOf("/") + 1).toLowerCase();
  return kinds.find((kind) => device.includes(kind)) ?? "laptop";
}

/** Who a host belongs to; undefined for homeservers. */
export function personOf(host: string, names: NameSource): string | undefined {
  const slash = host.indexOf("/");
  return names.hosts.get(host)?.person ?? (slash > 0 ? host.slice(0, slash) : undefined);
}

/** A person's name as it is shown: the tutorial's own, or the role's. The learner is "You". */
export function personName(person: string, names: NameSource): string {
  if (person === "you") return say("network.you");
  const name = names.bindings?.people[person]?.name ?? "";
  // Who has chosen no name to be shown goes by the address, which stands beside it anyway.
  return name && !name.startsWith("@") && name !== person
    ? name
    : person.charAt(0).toUpperCase() + person.slice(1);
}

/** A host in a sentence: `garden.example`, `your laptop`, `Bo’s phone`. */
export function hostName(host: string, names: NameSource): string {
  const person = personOf(host, names);
  if (person === undefined) return host;
  const device = deviceName(host);
  return person === "you"
    ? say("network.your-device", { device })
    : say("network.device-of", { person: personName(person, names), device });
}

/** The same at the start of a sentence. */
export function startingWith(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
