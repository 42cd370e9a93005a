import type { Pdu } from "../../protocol/pdu.ts";
import type { HostName } from "../log.ts";
import type { Gossip } from "./trial-acts.ts";
import type { TrialClient } from "./trial-client.ts";
import type { Copy, TrialWatch } from "./trial-watch.ts";

/** A room's current state as a server gives it to somebody who is joined: type and key → event. */
type State = Map<string, StateEvent>;
type StateEvent = {
  event_id: string;
  type: string;
  state_key: string;
  sender: string;
  content: { membership?: unknown };
};

/** What a server that is still in a room shows of it. */
type Resident = { server: HostName; client: TrialClient; state: State; copy: Copy };

/**
 * Everything that does not hold in the end, a line each.
 * @param said the servers that said a last word, each with the room.
 */
export async function checkTrial(
  clients: readonly TrialClient[],
  watch: TrialWatch,
  gossip: Gossip,
  said: ReadonlySet<string>,
): Promise<string[]> {
  const faults = [...watch.failures];
  for (const { server, room, event } of gossip.acknowledged) {
    const { stored, softFailed } = watch.copy(server, room);
    if (!stored.has(event) && !softFailed.has(event))
      faults.push(`${server} lost ${event}, which it acknowledged`);
  }
  for (const { id } of gossip.rooms) {
    // Who may say nothing any more cannot show others what they may lack.
    const residents = (await residentsOf(id, clients, watch)).filter(({ server }) =>
      said.has(`${server} ${id}`),
    );
    for (const resident of residents) faults.push(...stateFaults(id, resident));
    for (const one of residents) {
      for (const other of residents) {
        if (one === other) continue;
        faults.push(...agreementFaults(id, one, other), ...missingFaults(id, one, other));
      }
    }
    for (const client of clients) faults.push(...(await viewFaults(id, client, watch)));
  }
  return faults;
}

async function residentsOf(
  room: string,
  clients: readonly TrialClient[],
  watch: TrialWatch,
): Promise<Resident[]> {
  const residents = new Map<HostName, Resident>();
  for (const client of clients) {
    const server = client.person.home;
    if (residents.has(server)) continue;
    const state = await currentState(room, client);
    if (state && isJoined(state, client.person.user))
      residents.set(server, { server, client, state, copy: watch.copy(server, room) });
  }
  return [...residents.values()];
}

async function currentState(room: string, client: TrialClient): Promise<State | undefined> {
  const reply = await client.call("GET", `v3/rooms/${encodeURIComponent(room)}/state`);
  if (reply.status !== 200) return undefined;
  const events = reply.body as unknown as StateEvent[];
  return new Map(events.map((event) => [`${event.type} ${event.state_key}`, event]));
}

function isJoined(state: State, user: string): boolean {
  return state.get(`m.room.member ${user}`)?.content.membership === "join";
}

/** Two servers that both hold the other to be in the room have the same state and the same ends. */
function agreementFaults(room: string, one: Resident, other: Resident): string[] {
  const pair = `${one.server} and ${other.server}`;
  if (!holdsIn(one, other) || !holdsIn(other, one)) return strangerFaults(room, one, other);
  const faults: string[] = [];
  for (const key of new Set([...one.state.keys(), ...other.state.keys()])) {
    const [here, there] = [one.state.get(key)?.event_id, other.state.get(key)?.event_id];
    if (here !== there) faults.push(`${pair} differ in ${key} of ${room}: ${here}, ${there}`);
  }
  const [ends, otherEnds] = [one, other].map(({ copy }) => copy.extremities.toSorted().join(" "));
  if (ends !== otherEnds) faults.push(`${pair} differ in the ends of ${room}: ${ends}; ${otherEnds}`);
  return faults;
}

/** The member events of a server's users, as another server has them. */
function membersOf({ server }: Resident, { state }: Resident): StateEvent[] {
  return [...state.values()].filter(
    ({ type, state_key: user }) => type === "m.room.member" && user.endsWith(`:${server}`),
  );
}

/** Does the first hold that somebody of the second is in the room? */
function holdsIn(one: Resident, other: Resident): boolean {
  return membersOf(other, one).some(({ content }) => content.membership === "join");
}

/**
 * Who came or stayed by a branch of the room that lost is told of nothing any more. But that is no reason never to have
 * heard of them.
 */
function strangerFaults(room: string, one: Resident, other: Resident): string[] {
  if (!holdsIn(other, one)) return [];
  const { stored, rejected, softFailed } = one.copy;
  const joins = membersOf(other, other).filter(({ content }) => content.membership === "join");
  const isHeardOf = joins.some(({ event_id: event }) =>
    [stored, rejected, softFailed].some((copy) => copy.has(event)),
  );
  return isHeardOf ? [] : [`${one.server} does not know of ${other.server} in ${room}`];
}

/** Nothing that was refused is in a state. */
function stateFaults(room: string, { server, state, copy }: Resident): string[] {
  return [...state.values()].flatMap(({ event_id: event }) => {
    if (copy.rejected.has(event)) return [`${server} has the rejected ${event} in the state of ${room}`];
    return copy.stored.has(event) || copy.softFailed.has(event)
      ? []
      : [`${server} has ${event} in the state of ${room} and never told of it`];
  });
}

/** What one server has that follows the other's last coming, the other has too. */
function missingFaults(room: string, one: Resident, other: Resident): string[] {
  if (!holdsIn(one, other)) return [];
  const { entry } = other.copy;
  if (entry === undefined) return [];
  return [...descendants(one.copy.stored, [entry])].flatMap((event) =>
    other.copy.stored.has(event) || other.copy.softFailed.has(event)
      ? []
      : [`${other.server} misses ${event} of ${room}, which ${one.server} has`],
  );
}

/** The events that follow one of some others, these included. */
function descendants(stored: ReadonlyMap<string, Pdu>, from: readonly string[]): Set<string> {
  const found = new Set(from.filter((event) => stored.has(event)));
  const inOrder = [...stored].sort(([, a], [, b]) => a.depth - b.depth);
  for (const [event, { prev_events: parents }] of inOrder) {
    if (parents.some((parent) => found.has(parent))) found.add(event);
  }
  return found;
}

/** What a client has been told is what its server has. */
async function viewFaults(room: string, client: TrialClient, watch: TrialWatch): Promise<string[]> {
  const state = await currentState(room, client);
  const { user, home } = client.person;
  if (!state || !isJoined(state, user)) return [];
  const told = client.states.get(room);
  if (!told) return [`${user} was never told of ${room}`];
  const faults: string[] = [];
  // What resolution has taken away altogether no sync can tell.
  for (const key of state.keys()) {
    const [shown, real] = [told.get(key), state.get(key)?.event_id];
    if (shown !== real) faults.push(`${user} was told another ${key} of ${room}: ${shown}, ${real}`);
  }
  const copy = watch.copy(home, room);
  for (const event of client.shown.get(room) ?? []) {
    if (!copy.stored.has(event))
      faults.push(`${user} was shown ${event} of ${room}, which ${home} does not have`);
  }
  return faults;
}
