import type { JsonObject } from "../../../../src/protocol/json.ts";
import type { UnsignedPdu } from "../../../../src/protocol/pdu.ts";
import { type RoomVersionId, roomVersions } from "../../../../src/protocol/room-versions.ts";
import { bo, type MadeEvent } from "../room-with-peer.ts";
import type { HostileRoom } from "./hostile-room.ts";
import { type Outcome, type Story, tellStories } from "./stories.ts";

const oldAndNew: readonly RoomVersionId[] = ["6", "11", "12"];
const rejectedFor = (code: string): Outcome => ({ answer: ["error"], rejected: [code] });

/** Sends an event that cites what it cites otherwise. */
const citing =
  (change: (cited: string[], scene: HostileRoom) => string[] | Promise<string[]>) =>
  async (scene: HostileRoom) => {
    const { auth_events: cited } = await scene.draft();
    return scene.send(await scene.event({ auth_events: await change(cited, scene) }));
  };

/** A state event of Bo's. */
const stateOf =
  (type: string, content: JsonObject, stateKey = "", more: Partial<UnsignedPdu> = {}) =>
  (scene: HostileRoom) =>
    scene.event({ type, state_key: stateKey, content, ...more });

const sends = (make: (scene: HostileRoom) => Promise<MadeEvent>) => async (scene: HostileRoom) =>
  scene.send(await make(scene));

/** A member event of Bo's for somebody, with what such events cite. */
const memberOf =
  (target: string, membership: string, more: JsonObject = {}) =>
  async (scene: HostileRoom): Promise<MadeEvent> => {
    const { auth_events: cited } = await scene.draft();
    const rules =
      membership === "join" || membership === "invite" ? [await scene.idOf("m.room.join_rules")] : [];
    const theirs = target === scene.ada.id ? [await scene.idOf("m.room.member", target)] : [];
    return scene.event({
      type: "m.room.member",
      state_key: target,
      content: { membership, ...more },
      auth_events: [...cited, ...rules, ...theirs],
    });
  };

const ada = "@ada:garden.example";

/** Another room of Ada's that Bo is in. */
async function otherRoom(scene: HostileRoom): Promise<string> {
  const room = await scene.ada.createRoom({ preset: "public_chat", room_version: scene.version });
  await scene.peer.join(scene.garden, bo, room);
  return room;
}

const citations: Story[] = [
  {
    name: "cites nothing",
    versions: oldAndNew,
    play: citing(() => []),
    outcome: (version) =>
      rejectedFor(
        roomVersions[version].authEventsCiteCreate ? "auth/cites-no-create" : "auth/sender-not-joined",
      ),
  },
  {
    name: "cites an event twice",
    versions: oldAndNew,
    play: citing((cited) => [...cited, cited[0]!]),
    outcome: rejectedFor("auth/cites-duplicates"),
  },
  {
    name: "cites more than authorises the event",
    versions: oldAndNew,
    play: citing(async (cited, scene) => [...cited, await scene.idOf("m.room.join_rules")]),
    outcome: rejectedFor("auth/cites-unexpected"),
  },
  {
    name: "cites a message",
    play: citing(async (cited, scene) => {
      const message = await scene.event();
      await scene.send(message);
      return [...cited, message.id];
    }),
    outcome: { answer: ["error"], stored: 1, rejected: ["auth/cites-unexpected"] },
  },
  {
    name: "cites the create event where the room is its name",
    versions: ["12"],
    play: citing((cited, { room }) => [`$${room.slice(1)}`, ...cited]),
    outcome: rejectedFor("auth/cites-unexpected"),
  },
  {
    name: "leaves out that Bo is in the room",
    versions: oldAndNew,
    play: citing((cited) => cited.slice(0, -1)),
    outcome: rejectedFor("auth/sender-not-joined"),
  },
  {
    name: "cites that Ada is in the room for Bo",
    play: citing(async (cited, scene) => [...cited.slice(0, -1), await scene.idOf("m.room.member", ada)]),
    outcome: rejectedFor("auth/cites-unexpected"),
  },
  {
    name: "cites an event that was rejected",
    async play(scene) {
      const power = await stateOf("m.room.power_levels", { users: { [bo]: 100 } })(scene);
      const { auth_events: cited } = await scene.draft();
      const old = await scene.idOf("m.room.power_levels");
      const mine = await scene.event({ auth_events: cited.map((id) => (id === old ? power.id : id)) });
      return scene.send(power, mine);
    },
    outcome: (version) => ({
      answer: ["error", "error"],
      rejected: [version === "12" ? "auth/level-above-own" : "auth/event-needs-power", "auth/cites-rejected"],
    }),
  },
  {
    name: "cites what nobody has",
    play: citing((cited) => [...cited, `$${"x".repeat(43)}`]),
    // It can be judged once what it cites is here.
    outcome: { answer: ["ok"], writes: ["waiting-events"] },
  },
  {
    name: "cites events of another room",
    versions: oldAndNew,
    setUp: otherRoom,
    async play(scene, other) {
      const places = [["m.room.create"], ["m.room.power_levels"], ["m.room.member", bo]] as const;
      const cited = await Promise.all(places.map(([type, key]) => scene.idOf(type, key, other)));
      const citesCreate = roomVersions[scene.version].authEventsCiteCreate;
      return scene.send(await scene.event({ auth_events: citesCreate ? cited : cited.slice(1) }));
    },
    outcome: rejectedFor("auth/cites-other-room"),
  },
  {
    name: "cites one event of another room among its own",
    versions: oldAndNew,
    setUp: otherRoom,
    play: async (scene, other) => {
      const { auth_events: cited } = await scene.draft();
      const member = await scene.idOf("m.room.member", bo, other);
      return scene.send(await scene.event({ auth_events: [...cited.slice(0, -1), member] }));
    },
    outcome: rejectedFor("auth/cites-other-room"),
  },
  {
    name: "follows an event of another room",
    versions: oldAndNew,
    setUp: otherRoom,
    play: async (scene, other) => {
      const member = await scene.idOf("m.room.member", bo, other);
      return scene.send(await scene.event({ prev_events: [member] }));
    },
    outcome: { answer: ["ok"], writes: ["waiting-events"] },
  },
];

const powers: Story[] = [
  {
    name: "sets a topic without the power to",
    versions: oldAndNew,
    play: sends(stateOf("m.room.topic", { topic: "mine" })),
    outcome: rejectedFor("auth/event-needs-power"),
  },
  {
    name: "sets state in Ada's name under its own signature",
    play: sends(stateOf("org.example.mine", {}, ada)),
    outcome: rejectedFor("auth/event-needs-power"),
  },
  {
    name: "gives Bo all power",
    versions: oldAndNew,
    play: sends(stateOf("m.room.power_levels", { users: { [bo]: 100 } })),
    outcome: rejectedFor("auth/event-needs-power"),
  },
  {
    name: "bans Ada",
    versions: oldAndNew,
    play: sends(memberOf(ada, "ban")),
    outcome: rejectedFor("auth/ban-needs-power"),
  },
  {
    name: "puts Ada out",
    play: sends(memberOf(ada, "leave")),
    outcome: rejectedFor("auth/kick-needs-power"),
  },
  {
    name: "lets somebody else of it join by Bo's word",
    versions: oldAndNew,
    play: sends(memberOf("@eve:harbor.example", "join")),
    outcome: rejectedFor("auth/join-for-another"),
  },
  {
    name: "invents a membership",
    play: sends(memberOf("@eve:harbor.example", "owner")),
    outcome: rejectedFor("auth/unknown-membership"),
  },
  {
    name: "sends a member event that is of nobody",
    play: async (scene) =>
      scene.send(await scene.event({ type: "m.room.member", content: { membership: "join" } })),
    outcome: rejectedFor("auth/member-incomplete"),
  },
  {
    name: "sends a member event that does not say what somebody is",
    play: sends(stateOf("m.room.member", {}, "@eve:harbor.example")),
    outcome: rejectedFor("auth/member-incomplete"),
  },
  {
    name: "invites without the power to",
    versions: oldAndNew,
    play: sends(memberOf("@eve:harbor.example", "invite")),
    outcome: rejectedFor("auth/invite-needs-power"),
  },
  {
    name: "knocks for Bo, who is in the room",
    play: sends(memberOf(bo, "knock")),
    outcome: rejectedFor("auth/knock-rule-forbids"),
  },
  {
    name: "speaks for somebody of it who is not in the room",
    versions: oldAndNew,
    play: (scene) => scene.event({ sender: "@eve:harbor.example" }).then((event) => scene.send(event)),
    outcome: rejectedFor("auth/cites-unexpected"),
  },
  {
    name: "redacts what Ada says",
    versions: ["6", "11"],
    async play(scene) {
      const said = await scene.ada.send(scene.room, "mine to say");
      const redacts = scene.version === "6" ? { redacts: said } : {};
      const content = scene.version === "6" ? {} : { redacts: said };
      const answer = await scene.send(await scene.event({ type: "m.room.redaction", content, ...redacts }));
      return [...answer, (await scene.bodies()).includes("mine to say")];
    },
    // It is a good event, and has no effect.
    outcome: { answer: ["ok", true], stored: 2 },
  },
];

const creations: Story[] = [
  {
    name: "makes the room a second time",
    versions: ["6", "11"],
    async play(scene) {
      const content = { room_version: scene.version, creator: bo };
      const create = stateOf("m.room.create", content, "", { prev_events: [], auth_events: [], depth: 1 });
      return scene.send(await create(scene));
    },
    outcome: rejectedFor("federation/second-create"),
  },
  {
    name: "makes the room a second time, after what happened there",
    play: sends(stateOf("m.room.create", { room_version: "11" })),
    outcome: rejectedFor("federation/second-create"),
  },
  {
    name: "names the room in a create event whose hash is its name",
    versions: ["12"],
    play: sends(stateOf("m.room.create", { room_version: "12" }, "", { prev_events: [], auth_events: [] })),
    outcome: rejectedFor("federation/second-create"),
  },
  {
    name: "sends a create event without a room",
    versions: oldAndNew,
    async play(scene) {
      const content = { room_version: scene.version, creator: bo };
      const { room_id: _, ...draft } = await scene.draft();
      const parts = { type: "m.room.create", state_key: "", content, prev_events: [], auth_events: [] };
      return scene.send(scene.peer.signEvent({ ...draft, ...parts }, scene.version));
    },
    outcome: { answer: ["nothing"], dropped: ["pdu/missing-key"] },
  },
];

const rooms: Story[] = [
  {
    name: "sends an event of a room that nobody is in here",
    play: async (scene) => scene.send(await scene.event({ room_id: "!nowhere:harbor.example" })),
    outcome: { answer: ["nothing"], dropped: ["federation/unknown-room"] },
  },
  {
    name: "sends an event of a room whose name is none",
    play: async (scene) => scene.send(await scene.event({ room_id: "room" })),
    outcome: { answer: ["nothing"], dropped: ["federation/unknown-room"] },
  },
  {
    name: "follows what nobody has",
    play: async (scene) => scene.send(await scene.event({ prev_events: [`$${"y".repeat(43)}`] })),
    outcome: { answer: ["ok"], writes: ["waiting-events"] },
  },
  {
    name: "follows nothing",
    versions: oldAndNew,
    play: async (scene) => scene.send(await scene.event({ prev_events: [] })),
    outcome: (version) => rejectedFor(version === "12" ? "auth/no-create" : "auth/no-create"),
  },
];

const softFailures: Story[] = [
  {
    name: "speaks for Bo as if Bo had not been put out",
    versions: oldAndNew,
    play: async (scene) => {
      const before = await scene.event();
      await scene.ada.done("POST", `${scene.path}/kick`, { user_id: bo });
      return scene.send(before);
    },
    cleanUp: (scene) => scene.peer.join(scene.garden, bo, scene.room),
    outcome: {
      answer: ["ok"],
      softFailed: ["auth/sender-not-joined"],
      stored: 1,
      changes: [`m.room.member ${bo}`],
    },
  },
  {
    name: "speaks for Bo from after Bo was put out",
    versions: oldAndNew,
    async play(scene) {
      const event = await scene.draft();
      await scene.ada.done("POST", `${scene.path}/kick`, { user_id: bo });
      const prev = [await scene.idOf("m.room.member", bo)];
      return scene.send(scene.peer.signEvent({ ...event, prev_events: prev }, scene.version));
    },
    cleanUp: (scene) => scene.peer.join(scene.garden, bo, scene.room),
    outcome: {
      answer: ["error"],
      rejected: ["auth/sender-not-joined"],
      stored: 1,
      changes: [`m.room.member ${bo}`],
    },
  },
];

tellStories("events that are not allowed", [
  ...citations,
  ...powers,
  ...creations,
  ...rooms,
  ...softFailures,
]);
