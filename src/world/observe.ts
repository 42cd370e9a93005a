import type { ClientFact } from "../client/client-fact.ts";
import type { HostFact } from "../homeserver/ports.ts";
import type { JsonObject } from "../protocol/json.ts";
import { isRefusal } from "../protocol/refusal.ts";
import type { HttpResponse } from "../simulation/http.ts";
import type { LogEntry } from "../simulation/log.ts";
import type { Action } from "./action.ts";
import { addressRequest } from "./address-request.ts";
import type { Membership } from "./condition.ts";
import { noEncryptionSeen, observeEncryption } from "./encryption-observation.ts";
import type { Observation } from "./observation.ts";
import { noFederationSeen, observeFederation } from "./observe-federation.ts";
import { noKeysSeen, observeKeys } from "./observe-keys.ts";
import { deedsOfShown, deedsOfStored } from "./observe-messages.ts";
import { directSeen, roomFactHeard, roomStateStored } from "./observe-rooms.ts";

/** So many of the newest messages and exchanges are remembered. */
const remembered = 2000;

/** The observation, with what is still under way. */
type Watching = Observation & {
  /** Addresses that were followed: the request's address → what was written. */
  opening: Readonly<Record<string, string>>;
  /** Rooms whose memberships servers told: what clients show of them comes later and is not listened to. */
  toldByServers: Readonly<Record<string, true>>;
  /** Person → the password of the newest try to get in. */
  tried: Readonly<Record<string, string>>;
  /** Encrypted messages that a device has sent: event → host. Servers do not know what they say. */
  sentSealed: Readonly<Record<string, string>>;
};

export const emptyObservation: Observation = {
  sequence: -1,
  accounts: {},
  passwords: {},
  devices: {},
  messages: [],
  deeds: [],
  ignored: {},
  shown: [],
  members: {},
  rooms: {},
  foundRooms: [],
  displayNames: {},
  exchanges: [],
  looked: [],
  quizzes: {},
  addresses: {},
  addressesOpened: [],
  links: [],
  hosts: {},
  opening: {},
  toldByServers: {},
  deviceIds: {},
  sentSealed: {},
  ...noEncryptionSeen,
  ...noKeysSeen,
  ...noFederationSeen,
  tried: {},
} as Watching;

/** Takes one more entry into the observation. */
export function observe(before: Observation, entry: LogEntry): Observation {
  const watching = before as Watching;
  return {
    ...watching,
    ...change(watching, entry),
    ...observeEncryption(watching, entry),
    ...observeKeys(watching, entry),
    ...observeFederation(watching, entry),
    sequence: entry.sequence,
  } as Watching;
}

function change(seen: Watching, entry: LogEntry): Partial<Watching> {
  const { sequence } = entry;
  switch (entry.type) {
    case "action":
      return byAction(seen, sequence, entry.action as unknown as Action);
    case "client-fact":
      return byClient(seen, sequence, entry.host, entry.fact as unknown as ClientFact);
    case "host-fact":
      return byServer(seen, sequence, entry.fact);
    case "exchange-out":
      return sent(seen, entry);
    case "exchange-back":
      return answered(seen, sequence, entry.exchange, entry.response);
    case "exchange-failed":
      return openedBy(seen, sequence, entry.exchange, 0);
    case "host-added":
      if (entry.role === "device") {
        const device = entry.host.slice(entry.host.indexOf("/") + 1);
        const person = entry.person ?? "";
        const known = seen.devices[entry.host];
        if (known && !known.lost) return {};
        return {
          devices: {
            ...seen.devices,
            [entry.host]: { sequence, person, device, signedIn: false, lost: false },
          },
        };
      }
      return { hosts: { ...seen.hosts, [entry.host]: { sequence, running: entry.running ?? true } } };
    case "host-removed": {
      const device = seen.devices[entry.host];
      if (!device) return {};
      // Its session at the homeserver stays until somebody ends it.
      return { devices: { ...seen.devices, [entry.host]: { ...device, sequence, lost: true } } };
    }
    case "host-stopped":
    case "host-started":
      return { hosts: { ...seen.hosts, [entry.host]: { sequence, running: entry.type === "host-started" } } };
    case "link-changed": {
      const [one, other] = entry.between;
      const others = seen.links.filter(({ between }) => !(between.includes(one) && between.includes(other)));
      const same = seen.links.find((link) => !others.includes(link));
      if (same?.cut === entry.cut) return {};
      return { links: [...others, { sequence, between: entry.between, cut: entry.cut }] };
    }
    default:
      return {};
  }
}

function byAction(seen: Watching, sequence: number, action: Action): Partial<Watching> {
  switch (action.type) {
    case "signUp":
    case "signIn":
      return { tried: { ...seen.tried, [action.person]: action.password } };
    case "look": {
      const { at } = action;
      const looked =
        "host" in at
          ? { host: at.host }
          : "event" in at
            ? { ...(at.event.id !== undefined && { event: at.event.id }) }
            : { ...(at.exchange.id !== undefined && { exchange: at.exchange.id }) };
      return { looked: [...seen.looked, { sequence, at: looked }] };
    }
    case "answer":
      return { quizzes: { ...seen.quizzes, [action.quiz]: { sequence, answer: action.with } } };
    case "writeAddress":
      return { addresses: { ...seen.addresses, [action.field]: { sequence, text: action.text } } };
    case "openAddress": {
      const request = addressRequest(action.text);
      return isRefusal(request) ? {} : { opening: { ...seen.opening, [request.url]: action.text } };
    }
    default:
      return {};
  }
}

function byClient(seen: Watching, sequence: number, host: string, fact: ClientFact): Partial<Watching> {
  if (fact.type === "account-data" && fact.kind === "m.ignored_user_list") {
    const person = seen.devices[host]?.person;
    const { ignored_users: users } = fact.content as { ignored_users?: JsonObject };
    if (person === undefined) return {};
    return { ignored: { ...seen.ignored, [person]: { sequence, users: Object.keys(users ?? {}) } } };
  }
  const told = whatClientTold(seen, sequence, host, fact);
  if (fact.type !== "event") return told;
  const deeds = deedsOfShown({ ...seen, ...told }, sequence, fact.room, fact.event);
  return deeds ? { ...told, deeds } : told;
}

function whatClientTold(seen: Watching, sequence: number, host: string, fact: ClientFact): Partial<Watching> {
  if (fact.type === "session") return bySession(seen, sequence, host, fact);
  if (fact.type === "event") {
    const { event, room } = fact;
    const text = event.content.body;
    if (event.type !== "m.room.message" || event.status !== "sent" || typeof text !== "string") return {};
    if (!event.id.startsWith("$") || event.redacted) return {};
    const facts = { sequence, room, event: event.id, sender: event.sender, text };
    // The newest come last, and are what is asked for.
    const isNew = !seen.shown.findLast((shown) => shown.event === event.id && shown.host === host);
    const isHeard = seen.messages.findLast((message) => message.event === event.id);
    return {
      ...(isNew && { shown: newest([...seen.shown, { ...facts, host }]) }),
      ...(!isHeard && { messages: newest([...seen.messages, withSender(seen, facts)]) }),
    };
  }
  if (fact.type === "room") return fact.room.direct ? directSeen(seen, sequence, fact.room.id) : {};
  if (
    fact.type === "state" ||
    fact.type === "published" ||
    fact.type === "directory" ||
    fact.type === "hierarchy" ||
    fact.type === "found"
  )
    return roomFactHeard(
      seen,
      sequence,
      host,
      fact,
      "room" in fact && seen.toldByServers[fact.room] !== undefined,
    );
  if (fact.type === "devices") {
    const ids = fact.devices.map(({ id }) => id);
    return withoutSessions(seen, sequence, host, ids);
  }
  if (fact.type === "members" && !seen.toldByServers[fact.room]) {
    const changed: Partial<Watching> = {};
    for (const { user, membership } of fact.members) {
      Object.assign(changed, withMember({ ...seen, ...changed }, sequence, fact.room, user, membership));
    }
    return changed;
  }
  return {};
}

function withSender<Message extends { event: string }>(
  { sentSealed }: Watching,
  message: Message,
): Message & { device?: string } {
  const device = sentSealed[message.event];
  return device === undefined ? message : { ...message, device };
}

/** Lost devices whose sessions the account's list does not have any more. */
function withoutSessions(seen: Watching, sequence: number, host: string, ids: string[]): Partial<Watching> {
  const person = seen.devices[host]?.person;
  const ended = Object.entries(seen.devices).filter(([lostHost, device]) => {
    const id = seen.deviceIds[lostHost];
    return (
      device.person === person && device.lost && device.signedIn && id !== undefined && !ids.includes(id)
    );
  });
  if (ended.length === 0) return {};
  const signedOut = ended.map(([lostHost, device]) => [lostHost, { ...device, sequence, signedIn: false }]);
  return { devices: { ...seen.devices, ...Object.fromEntries(signedOut) } };
}

function bySession(
  seen: Watching,
  sequence: number,
  host: string,
  { session, displayName }: Extract<ClientFact, { type: "session" }>,
): Partial<Watching> {
  const device = seen.devices[host];
  if (!device) return {};
  const { person } = device;
  const changed: Partial<Watching> = {};
  const signedIn = session.state !== "signed-out";
  if (device.signedIn !== signedIn) {
    changed.devices = { ...seen.devices, [host]: { ...device, sequence, signedIn } };
  }
  if (session.state === "signed-out") return changed;
  const tried = seen.tried[person];
  if (!device.signedIn && tried !== undefined) changed.passwords = { ...seen.passwords, [person]: tried };
  if ("device" in session && seen.deviceIds[host] !== session.device) {
    changed.deviceIds = { ...seen.deviceIds, [host]: session.device };
  }
  if (seen.accounts[person]?.user !== session.user) {
    const name = session.user.slice(1, session.user.indexOf(":"));
    changed.accounts = { ...seen.accounts, [person]: { sequence, user: session.user, name } };
  }
  if (displayName !== undefined && seen.displayNames[person]?.name !== displayName) {
    changed.displayNames = { ...seen.displayNames, [person]: { sequence, name: displayName } };
  }
  return changed;
}

function byServer(seen: Watching, sequence: number, fact: HostFact): Partial<Watching> {
  if (fact.type !== "event-stored") return {};
  const told = whatServerTold(seen, sequence, fact);
  const { type, sender, content, redacts } = fact.pdu as JsonObject & { content: JsonObject };
  const stored = { room: fact.room, event: fact.event, sender: String(sender), type: String(type), content };
  const deeds = deedsOfStored({ ...seen, ...told }, sequence, stored, redacts);
  return deeds ? { ...told, deeds } : told;
}

function whatServerTold(
  seen: Watching,
  sequence: number,
  fact: Extract<HostFact, { type: "event-stored" }>,
): Partial<Watching> {
  const { room, event } = fact;
  const { type, sender, state_key: user, content } = fact.pdu as JsonObject & { content: JsonObject };
  if (type === "m.room.member" && typeof user === "string" && typeof content.membership === "string") {
    return {
      toldByServers: { ...seen.toldByServers, [room]: true },
      ...withMember(seen, sequence, room, user, content.membership as Membership, depthOf(fact.pdu)),
    };
  }
  const state = roomStateStored(seen, sequence, room, fact.pdu as JsonObject);
  if (state.rooms) return state;
  const replaces = (content["m.relates_to"] as JsonObject | undefined)?.rel_type === "m.replace";
  if (type !== "m.room.message" || typeof content.body !== "string" || replaces) return {};
  if (seen.messages.findLast((message) => message.event === event)) return {};
  const device = senderOf(seen, room, String(sender));
  const message = {
    sequence,
    room,
    event,
    sender: String(sender),
    text: content.body,
    ...(device && { device }),
  };
  return { messages: newest([...seen.messages, message]) };
}

/** The device whose request is just bringing the user's message. */
function senderOf(seen: Watching, room: string, user: string): string | undefined {
  const path = `/rooms/${room}/send/m.room.message/`;
  return seen.exchanges.findLast(({ from, method, path: sent, status }) => {
    const person = seen.devices[from]?.person;
    return (
      status === undefined &&
      method === "PUT" &&
      sent.includes(path) &&
      person !== undefined &&
      seen.accounts[person]?.user === user
    );
  })?.from;
}

/** @param depth of the event, where a server told it: a server that joins later tells of the past. */
function withMember(
  seen: Watching,
  sequence: number,
  room: string,
  user: string,
  membership: Membership,
  depth = Number.POSITIVE_INFINITY,
): Partial<Watching> {
  const members = seen.members[room] ?? {};
  const before = members[user];
  if (before?.membership === membership || (before?.depth ?? 0) > depth) return {};
  const told = Number.isFinite(depth) && { depth };
  const member = { sequence, membership, ...told };
  return { members: { ...seen.members, [room]: { ...members, [user]: member } } };
}

function depthOf({ depth }: JsonObject): number {
  return typeof depth === "number" ? depth : 0;
}

function sent(seen: Watching, entry: LogEntry & { type: "exchange-out" }): Partial<Watching> {
  const { sequence, exchange: id, from, to, request } = entry;
  const path = decoded(new URL(request.url).pathname);
  const exchange = { sequence, id, from, to, method: request.method, path };
  return { exchanges: newest([...seen.exchanges, exchange]) };
}

function answered(seen: Watching, sequence: number, id: number, response: HttpResponse): Partial<Watching> {
  const index = seen.exchanges.findLastIndex((exchange) => exchange.id === id);
  const exchange = seen.exchanges[index];
  if (!exchange) return {};
  const body = response.status >= 400 || exchange.method === "PUT" ? parsed(response.body) : {};
  const { errcode, event_id: event } = body;
  const changed: Partial<Watching> = {
    exchanges: seen.exchanges.with(index, {
      ...exchange,
      sequence,
      status: response.status,
      ...(typeof errcode === "string" && { errcode }),
    }),
    ...openedBy(seen, sequence, id, response.status),
  };
  if (typeof event !== "string" || !seen.devices[exchange.from]) return changed;
  if (exchange.path.includes("/send/m.room.encrypted/"))
    changed.sentSealed = Object.fromEntries(
      newest([...Object.entries(seen.sentSealed), [event, exchange.from]]),
    );
  const message = seen.messages.findLastIndex((candidate) => candidate.event === event);
  if (message >= 0) {
    changed.messages = seen.messages.with(message, { ...seen.messages[message]!, device: exchange.from });
  }
  return changed;
}

/** Was it an address that was followed? */
function openedBy(seen: Watching, sequence: number, id: number, status: number): Partial<Watching> {
  const exchange = seen.exchanges.findLast((candidate) => candidate.id === id);
  if (exchange?.method !== "GET") return {};
  const url = Object.keys(seen.opening).find(
    (candidate) =>
      decoded(new URL(candidate).pathname) === exchange.path && new URL(candidate).hostname === exchange.to,
  );
  if (url === undefined) return {};
  const { [url]: text = "", ...opening } = seen.opening;
  return {
    opening,
    addressesOpened: [...seen.addressesOpened, { sequence, text, server: exchange.to, status }],
  };
}

function newest<Item>(items: Item[]): Item[] {
  return items.length > remembered * 1.25 ? items.slice(-remembered) : items;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function parsed(body: HttpResponse["body"]): JsonObject {
  if (typeof body !== "string") return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
