import type { Json, JsonObject } from "../../../../src/protocol/json.ts";
import type { Pdu } from "../../../../src/protocol/pdu.ts";
import type { RoomVersionId } from "../../../../src/protocol/room-versions.ts";
import { bo } from "../room-with-peer.ts";
import { type HostileRoom, summary } from "./hostile-room.ts";
import { MadeRoom } from "./made-room.ts";
import { type Outcome, type Story, tellStories } from "./stories.ts";

const oldAndNew: readonly RoomVersionId[] = ["6", "11", "12"];

/** What a resident server says of its room. `join` is what was sent to it. */
type Lie = {
  room?: ConstructorParameters<typeof MadeRoom>[2];
  make?: (honest: { room_version: string; event: JsonObject }, room: MadeRoom, scene: HostileRoom) => unknown;
  send?: (
    honest: { state: Pdu[]; auth_chain: Pdu[]; event: JsonObject },
    room: MadeRoom,
    scene: HostileRoom,
  ) => unknown;
};

let rooms = 0;

/** What comes of Ada's wish to join, and whether she is in the room then. */
const joins =
  ({ room: options, make, send }: Lie) =>
  async (scene: HostileRoom): Promise<[answer: string, isIn: boolean]> => {
    const now = scene.garden.clock.now();
    const room = new MadeRoom(scene.peer, scene.version, { name: `den${rooms++}`, now, ...options });
    const honest = room.template(scene.ada.id);
    scene.peer.answers.set("/make_join/", () => asResponse(make ? make(honest, room, scene) : honest));
    scene.peer.answers.set("/send_join/", (event) => {
      const answer = { state: room.state, auth_chain: room.state, event };
      return asResponse(send ? send(answer, room, scene) : answer);
    });
    const path = `v3/join/${encodeURIComponent(room.id)}?server_name=harbor.example`;
    const answer = await scene.ada.call("POST", path, {});
    scene.peer.answers.clear();
    const { joined_rooms: joined } = await scene.ada.done("GET", "v3/joined_rooms");
    return [summary(answer), (joined as string[]).includes(room.id)];
  };

function asResponse(value: unknown): Response {
  return value instanceof Response ? value : Response.json(value as Json);
}

const refusedWith = (code: string, answer: string, more: Partial<Outcome> = {}): Outcome => ({
  answer: [answer, false],
  refused: [code],
  ...more,
});
const bad = refusedWith("federation/bad-answer", "502 M_UNKNOWN");

/** A template with a change in its event. */
const event = (change: JsonObject): Lie => ({
  make: (honest) => ({ ...honest, event: { ...honest.event, ...change } }),
});

const templates: [name: string, lie: Lie, outcome?: Outcome][] = [
  [
    "gives no template",
    { make: () => ({}) },
    // Rooms that do not say their version are of version 1.
    refusedWith("room/unsupported-version", "400 M_UNSUPPORTED_ROOM_VERSION"),
  ],
  ["gives a list for a template", { make: () => [] }],
  ["gives what is no JSON for a template", { make: () => new Response("join!") }],
  ["has somebody else join", event({ sender: bo, state_key: bo })],
  ["has Ada join for somebody else", event({ state_key: bo })],
  ["has Ada invited", event({ content: { membership: "invite" } })],
  ["has Ada write something", event({ type: "m.room.message" })],
  ["has Ada join another room", event({ room_id: "!other:harbor.example" })],
  ["has Ada join after too many events", event({ prev_events: Array(30).fill("$a") })],
  ["has Ada cite too many events", event({ auth_events: Array(30).fill("$a") })],
  ["has Ada join in depth -1", event({ depth: -1 })],
  ["has Ada join after what is no event", event({ prev_events: [7] })],
  [
    "says that its room has a version that there is not",
    { make: (honest) => ({ ...honest, room_version: "99" }) },
    refusedWith("room/unsupported-version", "400 M_UNSUPPORTED_ROOM_VERSION"),
  ],
  [
    "has Ada join a room of another kind",
    { make: (honest, room) => ({ ...honest, room_version: room.version === "12" ? "11" : "12" }) },
  ],
];

const answers: [name: string, lie: Lie, outcome?: Outcome][] = [
  ["says nothing of its room", { send: () => ({}) }],
  ["says that its room has no state", { send: (honest) => ({ ...honest, state: [] }) }],
  ["gives no lists", { send: (honest) => ({ ...honest, state: "all", auth_chain: "all" }) }],
  ["leaves out that its room was made", { send: (honest) => ({ ...honest, state: honest.state.slice(1) }) }],
  [
    "gives a create event that it has not signed",
    {
      send: (honest) => {
        const unsigned = honest.state.map((pdu, index) => (index === 0 ? { ...pdu, signatures: {} } : pdu));
        return { ...honest, state: unsigned, auth_chain: unsigned };
      },
    },
    { ...bad, dropped: ["federation/bad-signature", "federation/bad-signature"] },
  ],
  [
    "gives the state of another room",
    {
      send: (honest, room, scene) => {
        const other = new MadeRoom(scene.peer, room.version, { name: "other" }).state;
        return { ...honest, state: other, auth_chain: other };
      },
    },
    { ...bad, dropped: Array(8).fill("federation/other-room") },
  ],
  [
    "leaves out what the join cites",
    {
      send: (honest) => ({ ...honest, state: honest.state.slice(0, 1), auth_chain: [] }),
    },
  ],
  ["says that its room is of another version", { room: { claims: "7" } }],
  ["says that its room is of a version that there is not", { room: { claims: "99" } }],
  [
    "lets Ada into a room that takes only who is invited",
    { room: { joinRule: "invite" } },
    refusedWith("auth/join-needs-invite", "403 M_FORBIDDEN"),
  ],
  [
    "changes the join that Ada's server has signed",
    { send: (honest) => ({ ...honest, event: { ...honest.event, depth: 50 } }) },
    { ...bad, dropped: ["federation/bad-signature"] },
  ],
  ["gives another event for the join", { send: (honest, room) => ({ ...honest, event: room.member.pdu }) }],
  [
    "refuses the join in the end",
    { send: () => Response.json({ errcode: "M_FORBIDDEN", error: "No" }, { status: 403 }) },
    refusedWith("federation/refused", "403 M_FORBIDDEN"),
  ],
  [
    "takes the join for a missing parameter",
    { send: () => Response.json({ errcode: "M_MISSING_PARAM", error: "No" }, { status: 400 }) },
    refusedWith("federation/refused", "502 M_UNKNOWN"),
  ],
  ["answers what is no JSON", { send: () => new Response("welcome") }],
  ["answers with what is nested too deep", { send: () => new Response(`{"a":${"[".repeat(9999)}`) }],
];

/** Lies that do not keep Ada from the room, and do not get into it. */
const halves: [name: string, lie: Lie, outcome: Partial<Outcome>][] = [
  [
    "puts events of other rooms among the state",
    {
      send: (honest, room, scene) => {
        const other = new MadeRoom(scene.peer, room.version, { name: "other" }).state.slice(1);
        return { ...honest, state: [...honest.state, ...other] };
      },
    },
    { dropped: Array(3).fill("federation/other-room") },
  ],
  [
    "puts events that nobody has signed among the state",
    {
      send: (honest, room) => {
        const { type: _, signatures: __, ...pdu } = room.rules.pdu;
        return { ...honest, state: [...honest.state, { ...pdu, type: "m.room.topic", signatures: {} }, 7] };
      },
    },
    { dropped: ["federation/bad-signature"] },
  ],
  [
    "puts state of somebody without power among the state",
    {
      send: (honest, room) => {
        const { hashes: _, signatures: __, ...pdu } = room.rules.pdu;
        const topic = {
          ...pdu,
          sender: "@eve:harbor.example",
          type: "m.room.topic",
          content: { topic: "mine" },
        };
        return { ...honest, state: [...honest.state, room.sign(topic).pdu] };
      },
    },
    { rejected: ["auth/cites-unexpected"] },
  ],
  [
    "puts a state event that cites what nobody has among the state",
    {
      send: (honest, room) => {
        const { hashes: _, signatures: __, ...pdu } = room.rules.pdu;
        const topic = { ...pdu, type: "m.room.topic", auth_events: [`$${"q".repeat(43)}`] };
        return { ...honest, state: [...honest.state, room.sign(topic).pdu] };
      },
    },
    {},
  ],
];

tellStories("residents that lie to who joins", [
  {
    name: "keeps to the rules, for once",
    versions: oldAndNew,
    play: joins({}),
    outcome: { answer: ["200", true], stored: 5, writes: ["rooms"] },
  },
  ...[...templates, ...answers].map(
    ([name, lie, outcome = bad]): Story => ({ name, versions: ["11", "12"], play: joins(lie), outcome }),
  ),
  ...halves.map(
    ([name, lie, outcome]): Story => ({
      name,
      play: joins(lie),
      outcome: { answer: ["200", true], stored: 5, writes: ["rooms"], ...outcome },
    }),
  ),
]);
