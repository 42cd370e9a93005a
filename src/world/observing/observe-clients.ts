import type { ClientFact } from "../../client/client-fact.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { memberSeen } from "./observe-members.ts";
import { deedsOfShown } from "./observe-messages.ts";
import { directSeen, roomFactHeard } from "./observe-rooms.ts";
import { newest, type Watching } from "./watching.ts";

/** What a client has told. */
export function clientTold(
  seen: Watching,
  sequence: number,
  host: string,
  fact: ClientFact,
): Partial<Watching> {
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
      Object.assign(changed, memberSeen({ ...seen, ...changed }, sequence, fact.room, user, membership));
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
