import type { Json, JsonObject } from "../../../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../../../src/protocol/pdu.ts";
import { bo, type MadeEvent } from "../room-with-peer.ts";
import type { HostileRoom } from "./hostile-room.ts";
import { MadeRoom } from "./made-room.ts";
import { type Outcome, type Story, tellStories } from "./stories.ts";

let names = 0;
/** The id of an event that nobody has. */
const nobodyHas = () => `$${String(names++).padStart(43, "n")}`;

/** Sends an event that follows one which is not told, and answers what is asked then. */
const follows =
  (
    answers: (
      missing: MadeEvent,
      scene: HostileRoom,
    ) => Promise<Record<string, unknown>> | Record<string, unknown>,
    most = 20,
    change: () => Partial<UnsignedPdu> = () => ({}),
  ) =>
  async (scene: HostileRoom): Promise<unknown> => {
    const missing = await scene.event({ content: { msgtype: "m.text", body: "between" }, ...change() });
    const event = await scene.event({ prev_events: [missing.id], depth: 101 });
    for (const [path, answer] of Object.entries(await answers(missing, scene))) {
      scene.peer.answers.set(path, (body) =>
        Response.json((typeof answer === "function" ? answer(body) : answer) as Json),
      );
    }
    const first = scene.links.passed.length;
    const verdict = await scene.send(event);
    scene.peer.answers.clear();
    const asked = scene.links.passed.slice(first).filter(({ to }) => to === scene.peer.name).length;
    return [...verdict, asked <= most ? "asked little" : `asked ${asked} times`];
  };

const waits: Outcome = { answer: ["ok", "asked little"], writes: ["waiting-events"] };
const list = (...pdus: readonly unknown[]) => ({ get_missing_events: { events: pdus } });

/** A chain of events that goes back for ever, one an answer. */
function endless(scene: HostileRoom, first: MadeEvent): (body: JsonObject) => JsonObject {
  let next = first;
  return () => {
    const before = nobodyHas();
    const { hashes: _, signatures: __, ...draft } = next.pdu;
    // What was promised cannot be made up afterwards: the answers are of ever other events.
    const event = scene.peer.signEvent({ ...draft, prev_events: [before] }, scene.version);
    next = event;
    return { events: [event.pdu as unknown as JsonObject] };
  };
}

const between: Story[] = [
  {
    name: "tells what is right, for once",
    play: follows(({ pdu }) => list(pdu)),
    outcome: { answer: ["ok", "asked little"], stored: 2 },
  },
  { name: "tells of no missing events", play: follows(() => list()), outcome: waits },
  {
    name: "tells no list of missing events",
    play: follows(() => ({ get_missing_events: { events: "all" } })),
    outcome: waits,
  },
  { name: "tells numbers for missing events", play: follows(() => list(1, null, [])), outcome: waits },
  {
    name: "tells missing events that nobody has signed",
    play: follows(({ pdu }) => list({ ...pdu, signatures: {} })),
    outcome: { ...waits, dropped: ["federation/bad-signature"] },
  },
  {
    name: "tells missing events of another room",
    play: follows((_, scene) => list(...new MadeRoom(scene.peer, scene.version).state)),
    outcome: { ...waits, dropped: Array(4).fill("federation/other-room") },
  },
  {
    name: "tells the same event as missing that it has sent",
    play: follows(async (_, scene) => list((await scene.event()).pdu)),
    outcome: waits,
  },
  {
    name: "tells of more and more missing events that lead nowhere",
    play: follows((missing, scene) => ({ get_missing_events: endless(scene, missing) }), 520),
    outcome: waits,
  },
  {
    name: "tells a missing event that cites more than anybody can fetch",
    play: follows(
      ({ pdu }) => list(pdu),
      520,
      () => ({
        auth_events: Array.from({ length: 1300 }, nobodyHas),
      }),
    ),
    outcome: waits,
  },
];

/** The state before an event, told in some way; what is asked for one by one is answered too. */
const tellsState = (state: (scene: HostileRoom) => Promise<{ ids: unknown; events?: Pdu[] }>) =>
  follows(async (_, scene) => {
    const { ids, events = [] } = await state(scene);
    return {
      state_ids: { pdu_ids: ids, auth_chain_ids: [] },
      "/v1/event/": { origin: "harbor.example", pdus: events },
    };
  });

const states: Story[] = [
  {
    name: "tells a state of events that nobody has",
    play: tellsState(async () => ({ ids: [nobodyHas(), nobodyHas()] })),
    outcome: waits,
  },
  {
    name: "tells no list of a state",
    play: tellsState(async () => ({ ids: "all" })),
    outcome: (): Outcome => rejectedAlone,
  },
  {
    name: "tells an empty state",
    play: tellsState(async () => ({ ids: [] })),
    outcome: (): Outcome => rejectedAlone,
  },
  {
    name: "tells a state of another room",
    play: tellsState(async (scene) => {
      const { create } = new MadeRoom(scene.peer, scene.version, { name: "elsewhere" });
      return { ids: [create.id], events: [create.pdu] };
    }),
    // The event between is asked for too, and the answer is the same.
    outcome: { ...waits, dropped: ["federation/other-room", "federation/other-room"] },
  },
  {
    name: "tells a state in which Bo has all power",
    async play(scene) {
      const places = [["m.room.create"], ["m.room.member", scene.ada.id], ["m.room.member", bo]] as const;
      const ids = await Promise.all(places.map(([type, key]) => scene.idOf(type, key)));
      const power = await scene.event({
        type: "m.room.power_levels",
        state_key: "",
        content: { users: { [bo]: 100 } },
      });
      const missing = nobodyHas();
      const topic = await scene.event({
        type: "m.room.topic",
        state_key: "",
        content: { topic: "mine" },
        prev_events: [missing],
        depth: 101,
      });
      scene.peer.answers.set("state_ids", () => ({ pdu_ids: [...ids, power.id], auth_chain_ids: [] }));
      scene.peer.answers.set("/v1/event/", () => ({ pdus: [power.pdu as unknown as JsonObject] }));
      const answer = await scene.send(topic);
      scene.peer.answers.clear();
      return answer;
    },
    outcome: { answer: ["error"], rejected: ["auth/event-needs-power", "auth/event-needs-power"] },
  },
];

const rejectedAlone: Outcome = { answer: ["error", "asked little"], rejected: ["auth/no-create"] };

tellStories("what it tells when it is asked", [...between, ...states]);
