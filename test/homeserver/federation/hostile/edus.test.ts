import { canonicalJson } from "../../../../src/protocol/canonical-json.ts";
import type { JsonObject } from "../../../../src/protocol/json.ts";
import { TestKey } from "../../keys/test-keys.ts";
import { bo } from "../room-with-peer.ts";
import { type HostileRoom, summary } from "./hostile-room.ts";
import { type Story, tellStories } from "./stories.ts";

/** What Ada's client sees of it all, beside events: nothing new unless a story says so. */
async function seenBy(scene: HostileRoom, since: string): Promise<JsonObject> {
  const sync = (await scene.ada.sync({ since })) as {
    rooms?: { join?: Record<string, { ephemeral: { events: JsonObject[] } }> };
    presence?: { events: JsonObject[] };
    to_device?: { events: JsonObject[] };
    device_lists?: { changed?: string[]; left?: string[] };
  };
  const ephemeral = Object.values(sync.rooms?.join ?? {}).flatMap((room) => room.ephemeral.events);
  const seen = {
    // That nobody types is no news.
    ephemeral: ephemeral.filter(({ content }) => JSON.stringify(content) !== '{"user_ids":[]}'),
    presence: sync.presence?.events ?? [],
    toDevice: sync.to_device?.events ?? [],
    changed: sync.device_lists?.changed ?? [],
  };
  return Object.fromEntries(Object.entries(seen).filter(([, list]) => list.length > 0));
}

/** Sends EDUs; what Ada sees of them. */
const sends =
  (...edus: ((scene: HostileRoom) => [type: string, content: unknown])[]) =>
  async (scene: HostileRoom) => {
    const since = String((await scene.ada.sync()).next_batch);
    await scene.peer.send(scene.garden, ...edus.map((edu) => edu(scene) as [string, JsonObject]));
    return seenBy(scene, since);
  };

const nothing = { answer: {} };
const other = "@mal:other.example";
const away = "!away:garden.example";

const typing = (change: JsonObject) => (scene: HostileRoom) =>
  ["m.typing", { room_id: scene.room, user_id: bo, typing: true, ...change }] as [string, JsonObject];
const receipt =
  (user: string, { room, type = "m.read", value }: { room?: string; type?: string; value?: unknown } = {}) =>
  (scene: HostileRoom) =>
    [
      "m.receipt",
      { [room ?? scene.room]: { [type]: { [user]: value ?? { event_ids: ["$a"], data: { ts: 1 } } } } },
    ] as [string, JsonObject];
const presence = (push: unknown) => () => ["m.presence", { push }] as [string, JsonObject];
const toDevice = (change: JsonObject) => (scene: HostileRoom) =>
  [
    "m.direct_to_device",
    {
      sender: bo,
      type: "m.dummy",
      message_id: "one",
      messages: { [scene.ada.id]: { [scene.ada.deviceId]: {} } },
      ...change,
    },
  ] as [string, JsonObject];
const deviceUpdate = (change: JsonObject) => () =>
  ["m.device_list_update", { user_id: bo, device_id: "D", stream_id: 1, ...change }] as [string, JsonObject];

const passedOver: Record<string, (scene: HostileRoom) => [string, unknown]> = {
  "types for a user of another server": typing({ user_id: other }),
  "types for Ada": typing({ user_id: "@ada:garden.example" }),
  "types for somebody who is not in the room": typing({ user_id: "@eve:harbor.example" }),
  "types in a room that nobody knows": typing({ room_id: away }),
  "types for nobody": typing({ user_id: 7 }),
  "says that Ada has read": receipt("@ada:garden.example"),
  "says that a user of another server has read": receipt(other),
  "says that somebody has read who is not in the room": receipt("@eve:harbor.example"),
  "says that Bo has read in a room that nobody knows": receipt(bo, { room: away }),
  "says in private that Bo has read": receipt(bo, { type: "m.read.private" }),
  "says that Bo has read at no time": receipt(bo, { value: { event_ids: ["$a"], data: { ts: "now" } } }),
  "says that Bo has read no list": receipt(bo, { value: { event_ids: "$a", data: { ts: 1 } } }),
  "gives a list of receipts": receipt(bo, { value: [] }),
  "says that Ada is away": presence([{ user_id: "@ada:garden.example", presence: "offline" }]),
  "says that a user of another server is online": presence([{ user_id: other, presence: "online" }]),
  "says that Bo is something that nobody can be": presence([{ user_id: bo, presence: "divine" }]),
  "says nothing of who is there": presence("everybody"),
  "writes to Ada's device in another's name": toDevice({ sender: other }),
  "writes to Ada's device in Ada's name": toDevice({ sender: "@ada:garden.example" }),
  "writes to devices in a list": toDevice({ messages: [] }),
  "writes to a device what is no object": toDevice({ messages: { "@ada:garden.example": { D: "text" } } }),
  "tells of a device of another server's user": deviceUpdate({ user_id: other }),
  "tells of a device of Ada's": deviceUpdate({ user_id: "@ada:garden.example", deleted: true }),
  "counts changes of devices in words": deviceUpdate({ stream_id: "one" }),
  "tells of new signing keys of Ada's": () => [
    "m.signing_key_update",
    { user_id: "@ada:garden.example", master_key: {} },
  ],
  "sends what nobody knows": () => ["org.example.everything", { user_id: bo }],
  "sends what is named like a part of every object": () => ["constructor", {}],
  "sends an EDU without content": () => ["m.typing", null],
};

const edus = Object.entries(passedOver).map(
  ([name, edu]): Story => ({ name, play: sends(edu), outcome: nothing }),
);

const taken: Story[] = [
  {
    name: "sends half a number in an EDU",
    async play(scene) {
      const since = String((await scene.ada.sync()).next_batch);
      const content = canonicalJson({ more: 12345, ...typing({})(scene)[1] }).replace("12345", "0.5");
      const text = `{"edus":[{"content":${content},"edu_type":"m.typing"}],"origin":"harbor.example"}`;
      const path = "/_matrix/federation/v1/send/half";
      return [summary(await scene.peer.rawRequest(scene.garden, path, text)), await seenBy(scene, since)];
    },
    outcome: { answer: ["200", {}] },
  },
  {
    name: "sends a good EDU among bad ones",
    play: async (scene) => {
      const seen = await sends(typing({ user_id: other }), () => ["m.typing", null], typing({}))(scene);
      await scene.peer.send(scene.garden, typing({ typing: false })(scene));
      return seen;
    },
    outcome: {
      answer: { ephemeral: [{ type: "m.typing", content: { user_ids: [bo] } }] },
      writes: ["typing"],
    },
  },
  {
    name: "sends the same message to a device twice",
    play: sends(toDevice({}), toDevice({})),
    // Ada's device says that it has the message.
    async cleanUp({ ada }) {
      await ada.sync({ since: String((await ada.sync()).next_batch) });
    },
    outcome: {
      answer: { toDevice: [{ sender: bo, type: "m.dummy", content: {} }] },
      writes: ["device-messages", "device-message-transactions"],
    },
  },
  {
    name: "writes to devices that there are not",
    play: sends(
      toDevice({
        message_id: "two",
        messages: {
          "@ada:garden.example": { NONE: {} },
          "@nobody:garden.example": { "*": {} },
          [other]: { A: {} },
        },
      }),
    ),
    outcome: { answer: {}, writes: ["device-message-transactions"] },
  },
];

/** The devices that Ada is told of when the other server answers so about a user. */
const asks = (user: string, answer: (keys: JsonObject) => unknown) => async (scene: HostileRoom) => {
  const key = new TestKey("device");
  const object = { user_id: user, device_id: "D", algorithms: [], keys: { "ed25519:D": key.publicKey } };
  const keys = answer(key.sign(object, user, "ed25519:D"));
  const devices = { user_id: user, stream_id: 1, devices: [{ device_id: "D", keys }] };
  scene.peer.answers.set("/user/devices/", () => Response.json(devices));
  scene.peer.answers.set("/user/keys/query", () => Response.json({ device_keys: { [user]: { D: keys } } }));
  const told = await scene.ada.done("POST", "v3/keys/query", { device_keys: { [user]: ["D"] } });
  scene.peer.answers.clear();
  return Object.keys((told.device_keys as Record<string, JsonObject>)[user] ?? {});
};

const lies: Record<string, (keys: JsonObject) => unknown> = {
  "of another user": (keys) => ({ ...keys, user_id: other }),
  "of another device": (keys) => ({ ...keys, device_id: "E" }),
  "that are a list": () => [],
  "that are a text": () => "keys",
};

const eve = "@eve:harbor.example";
const deviceLies: Story[] = [
  {
    name: "answers with another user's keys for Bo, whom Ada shares a room with",
    play: asks(bo, lies["of another user"]!),
    outcome: { answer: [], writes: ["remote-device-lists"] },
  },
  ...Object.entries(lies).map(
    ([name, answer]): Story => ({
      name: `answers with keys ${name}`,
      play: asks(eve, answer),
      outcome: { answer: [] },
    }),
  ),
  {
    name: "answers with keys that are right",
    play: asks(eve, (keys) => keys),
    outcome: { answer: ["D"] },
  },
];

tellStories("what is no event", [...edus, ...taken, ...deviceLies]);
