import { type MatrixLink, parseMatrixLink } from "../protocol/matrix-links.ts";
import { isRefusal } from "../protocol/refusal.ts";
import type { LookTarget } from "./action.ts";
import type { Condition, Since } from "./condition.ts";
import type { Observation } from "./observation.ts";
import type { Bindings } from "./world.ts";

type Known = { observation: Observation; bindings: Bindings; since: Since };

/** Is the condition true of what is observed? */
export function holds(
  condition: Condition,
  observation: Observation,
  bindings: Bindings,
  since: Since,
): boolean {
  return becameTrue(condition, observation, bindings, since) !== undefined;
}

/**
 * The log's sequence number at which the condition became true, the first one beyond `after`; undefined while it is
 * not true, or has not become true anew since then.
 */
export function becameTrue(
  condition: Condition,
  observation: Observation,
  bindings: Bindings,
  since: Since,
  after = -1,
): number | undefined {
  return find(condition, { observation, bindings, since }, after);
}

function find(condition: Condition, known: Known, after: number): number | undefined {
  switch (condition.type) {
    case "all": {
      const first = condition.of.map((part) => find(part, known, -1));
      if (first.includes(undefined)) return undefined;
      const together = Math.max(0, ...(first as number[]));
      if (together > after) return together;
      return earliest(condition.of.map((part) => find(part, known, after)));
    }
    case "any":
      return earliest(condition.of.map((part) => find(part, known, after)));
    case "inOrder": {
      let at = after;
      for (const part of condition.of) {
        const found = find(part, known, part.type === "not" ? -1 : at);
        if (found === undefined) return undefined;
        at = Math.max(at, found);
      }
      return at;
    }
    case "not":
      // That something is not so has no moment at which it came about anew.
      return after < 0 && find(condition.of, known, -1) === undefined ? 0 : undefined;
    default: {
      const beyond = Math.max(after, ...lowerBounds(condition, known.since));
      return earliest(sequences(condition, known).filter((sequence) => sequence > beyond));
    }
  }
}

function earliest(found: (number | undefined)[]): number | undefined {
  const known = found.filter((sequence) => sequence !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** What must be exceeded: the place of the goal that it comes after, and the step's beginning. */
function lowerBounds(condition: { after?: string; since?: "step" }, since: Since): number[] {
  const bounds: number[] = [];
  if (condition.after !== undefined) bounds.push(since.goals[condition.after] ?? Number.POSITIVE_INFINITY);
  if (condition.since === "step") bounds.push(since.step - 1);
  return bounds;
}

/** Where in the log it was true, for conditions that have no parts. */
function sequences(condition: Condition, known: Known): number[] {
  const { observation: seen, bindings } = known;
  switch (condition.type) {
    case "account":
      return of(seen.accounts[condition.person]);
    case "signedIn": {
      const signedIn = devicesOf(known, condition).filter((device) => device.signedIn && !device.lost);
      const times = signedIn.map((device) => device.sequence).sort((one, other) => one - other);
      // Of several at once, the last one to come makes it true.
      return times.length >= (condition.count ?? 1) ? times.slice((condition.count ?? 1) - 1) : [];
    }
    case "signedOut":
      return of(...devicesOf(known, condition).filter((device) => !device.signedIn));
    case "deviceLost":
      return of(...devicesOf(known, condition).filter((device) => device.lost));
    case "message": {
      const { person, device } = { person: condition.from, device: condition.device };
      return of(
        ...seen.messages.filter(
          (message) =>
            isRoom(bindings, message.room, condition.in) &&
            (condition.notIn === undefined || !isRoom(bindings, message.room, condition.notIn)) &&
            isUser(bindings, message.sender, person) &&
            (device === undefined || message.device === `${person}/${device}` || message.device === device) &&
            isIn(message.text, condition.text),
        ),
      );
    }
    case "shown": {
      const { person, device } = condition;
      return of(
        ...seen.shown.filter(
          (shown) =>
            isHost(shown.host, device === undefined ? person : `${person}/${device}`) &&
            isRoom(bindings, shown.room, condition.in) &&
            isUser(bindings, shown.sender, condition.from) &&
            isIn(shown.text, condition.text),
        ),
      );
    }
    case "member": {
      const room = bindings.rooms[condition.of] ?? condition.of;
      const user = bindings.people[condition.person]?.user ?? condition.person;
      const member = seen.members[room]?.[user];
      return member && [condition.membership].flat().includes(member.membership) ? of(member) : [];
    }
    case "displayName": {
      const { person, is } = condition;
      const shown = seen.displayNames[person];
      return shown && (is === undefined || shown.name === is) ? of(shown) : [];
    }
    case "exchange":
      return of(...seen.exchanges.filter((exchange) => isExchange(exchange, condition)));
    case "looked":
      return of(...seen.looked.filter(({ at }) => isLookedAt(known, at, condition.at)));
    case "quiz": {
      const given = seen.quizzes[condition.quiz];
      return given?.answer === condition.answer ? of(given) : [];
    }
    case "address": {
      const written = seen.addresses[condition.field];
      return written && isAddress(written.text, condition) ? of(written) : [];
    }
    case "addressOpened":
      return of(
        ...seen.addressesOpened.filter((opened) => {
          const { status, server, kind, equals } = condition;
          if (status !== undefined && opened.status !== status) return false;
          if (server !== undefined && opened.server !== server) return false;
          return isAddress(opened.text, { ...(kind && { kind }), ...(equals !== undefined && { equals }) });
        }),
      );
    case "link": {
      const [one, other] = condition.between;
      const links = seen.links.filter(
        ({ between, cut }) =>
          cut === condition.cut &&
          between.some((end) => isHost(end, one)) &&
          between.some((end) => isHost(end, other)),
      );
      return of(...links);
    }
    case "host": {
      const host = seen.hosts[condition.host];
      return host?.running === condition.running ? of(host) : [];
    }
    default:
      return [];
  }
}

function of(...seen: ({ sequence: number } | undefined)[]): number[] {
  return seen.flatMap((item) => item?.sequence ?? []);
}

function devicesOf({ observation }: Known, wanted: { person: string; device?: string }) {
  return Object.values(observation.devices).filter(
    ({ person, device }) =>
      person === wanted.person && (wanted.device === undefined || device === wanted.device),
  );
}

function isRoom(bindings: Bindings, room: string, wanted: string | undefined): boolean {
  return wanted === undefined || room === (bindings.rooms[wanted] ?? wanted);
}

function isUser(bindings: Bindings, user: string, wanted: string | undefined): boolean {
  return wanted === undefined || user === (bindings.people[wanted]?.user ?? wanted);
}

/** A host by its own name, or a person's device by the person's. */
function isHost(host: string, wanted: string | undefined): boolean {
  return wanted === undefined || host === wanted || host.startsWith(`${wanted}/`);
}

function isIn(text: string, wanted: string | undefined): boolean {
  return wanted === undefined || text.toLowerCase().includes(wanted.toLowerCase());
}

type ExchangeMatch = {
  id?: number;
  method?: string;
  path?: string;
  from?: string;
  to?: string;
  status?: number;
  errcode?: string;
};

/** The path matches where it contains what is wanted; `*` stands for anything in between. */
export function isExchange(exchange: Observation["exchanges"][number], wanted: ExchangeMatch): boolean {
  const { id, method, path, from, to, status, errcode } = wanted;
  return (
    (id === undefined || exchange.id === id) &&
    (method === undefined || exchange.method === method) &&
    (path === undefined || isPath(exchange.path, path)) &&
    isHost(exchange.from, from) &&
    isHost(exchange.to, to) &&
    (status === undefined || exchange.status === status) &&
    (errcode === undefined || exchange.errcode === errcode)
  );
}

function isPath(path: string, wanted: string): boolean {
  let from = 0;
  for (const part of wanted.split("*")) {
    const found = path.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return true;
}

function isLookedAt(
  { observation, bindings }: Known,
  at: Observation["looked"][number]["at"],
  wanted: LookTarget,
): boolean {
  if ("host" in wanted) return at.host !== undefined && isHost(at.host, wanted.host);
  if ("exchange" in wanted) {
    const exchange = observation.exchanges.find(({ id }) => id === at.exchange);
    return exchange !== undefined && isExchange(exchange, wanted.exchange);
  }
  const { id, in: room, from } = wanted.event;
  if (at.event === undefined || (id !== undefined && at.event !== id)) return false;
  if (room === undefined && from === undefined) return true;
  const message = observation.messages.find(({ event }) => event === at.event);
  return (
    message !== undefined && isRoom(bindings, message.room, room) && isUser(bindings, message.sender, from)
  );
}

type AddressMatch = {
  form?: "identifier" | "matrix.to" | "matrix-uri";
  kind?: "user" | "room" | "alias" | "event";
  localpart?: string;
  server?: string;
  equals?: string;
  valid?: boolean;
  fault?: string;
};

function isAddress(text: string, wanted: AddressMatch): boolean {
  const link = parseMatrixLink(text);
  if (isRefusal(link)) {
    if (wanted.fault !== undefined) return wanted.fault === link.code;
    return wanted.valid === false;
  }
  if (wanted.valid === false || wanted.fault !== undefined) return false;
  return isLink(link, text, wanted);
}

function isLink(link: MatrixLink, text: string, wanted: AddressMatch): boolean {
  const { form, kind, localpart, server, equals } = wanted;
  const { target, event } = link;
  const written = link.form === "legacy-matrix.to" ? "matrix.to" : link.form;
  return (
    (form === undefined || form === written) &&
    (kind === undefined || kind === (event ? "event" : target.kind)) &&
    (localpart === undefined || localpart === target.localpart) &&
    (server === undefined || server === target.server) &&
    (equals === undefined || equals === text.trim() || equals === target.text)
  );
}
