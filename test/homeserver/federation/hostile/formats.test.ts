import { canonicalJson } from "../../../../src/protocol/canonical-json.ts";
import type { Json, JsonObject } from "../../../../src/protocol/json.ts";
import type { Pdu } from "../../../../src/protocol/pdu.ts";
import type { RoomVersionId } from "../../../../src/protocol/room-versions.ts";
import type { HostileRoom } from "./hostile-room.ts";
import { type Story, tellStories } from "./stories.ts";

const oldAndNew: readonly RoomVersionId[] = ["6", "12"];
const droppedFor = (code: string) => ({ answer: ["nothing"], dropped: [code] });

/** Changes an event after it was signed: its format is looked at first. */
const withChange = (change: JsonObject) => async (scene: HostileRoom) => {
  const { pdu } = await scene.event();
  return scene.send({ ...(pdu as unknown as JsonObject), ...change });
};

const required = [
  ...["auth_events", "content", "depth", "hashes", "origin_server_ts", "prev_events", "room_id"],
  ...["sender", "signatures", "type"],
] as const;

const missing = required.map(
  (key): Story => ({
    name: `leaves out ${key}`,
    versions: oldAndNew,
    async play(scene) {
      const { pdu } = await scene.event();
      const { [key]: _, ...rest } = pdu as unknown as JsonObject;
      return scene.send(rest);
    },
    outcome: droppedFor("pdu/missing-key"),
  }),
);

const wrongTypes: Record<string, JsonObject> = {
  "counts depth in words": { depth: "deep" },
  "makes a list of the content": { content: ["hello"] },
  "cites a number": { auth_events: [1] },
  "follows an object": { prev_events: [{ id: "$a" }] },
  "names no list of parents": { prev_events: "$a" },
  "hashes with another function": { hashes: { sha512: "abc" } },
  "signs with a number": { signatures: { "harbor.example": { "ed25519:1": 7 } } },
  "signs with a text": { signatures: "bo" },
  "has null for a state key": { state_key: null },
  "has a list in unsigned": { unsigned: [] },
  "dates an event with a text": { origin_server_ts: "today" },
  "has a type that is none": { type: { name: "m.room.message" } },
};

const others: Record<string, [JsonObject, string]> = {
  "sends for a user without a sigil": [{ sender: "bo:harbor.example" }, "identifier/wrong-sigil"],
  "sends for a user without a server": [{ sender: "@bo" }, "identifier/no-server"],
  "sends for a user with a name of a megabyte's kind": [
    { sender: `@${"b".repeat(300)}:harbor.example` },
    "identifier/too-long",
  ],
  "has a depth below zero": [{ depth: -1 }, "pdu/bad-depth"],
  "has a type of 256 bytes": [{ type: "t".repeat(256) }, "pdu/too-long"],
  "has a state key of 128 letters and 256 bytes": [{ state_key: "ä".repeat(128) }, "pdu/too-long"],
  "follows 21 events": [{ prev_events: Array(21).fill("$a") }, "pdu/too-many"],
  "cites 11 events": [{ auth_events: Array(11).fill("$a") }, "pdu/too-many"],
  "follows an event with an endless name": [{ prev_events: [`$${"a".repeat(255)}`] }, "pdu/too-long"],
};

const noEvents: Record<string, Json> = {
  null: null,
  "a number": 7,
  "a text": "event",
  "a list": [],
  "an empty object": {},
};

/** An event of exactly so many bytes. */
async function eventOf(scene: HostileRoom, bytes: number) {
  const sizeOf = (pdu: Pdu) => new TextEncoder().encode(JSON.stringify(pdu)).length;
  const empty = sizeOf((await scene.event({ content: { msgtype: "m.text", body: "" } })).pdu);
  return scene.event({ content: { msgtype: "m.text", body: "x".repeat(bytes - empty) } });
}

const limits: Story[] = [
  {
    name: "fills an event to 65,536 bytes",
    versions: oldAndNew,
    play: async (scene) => scene.send(await eventOf(scene, 65_536)),
    outcome: { answer: ["ok"], stored: 1 },
  },
  {
    name: "fills an event to 65,537 bytes",
    versions: oldAndNew,
    play: async (scene) => scene.send(await eventOf(scene, 65_537)),
    outcome: droppedFor("pdu/too-large"),
  },
  {
    name: "uses a type and a state key of 255 bytes",
    async play(scene) {
      const mine = { type: "t".repeat(255), state_key: "k".repeat(255), content: {} };
      return scene.send(await scene.event(mine));
    },
    outcome: { answer: ["error"], rejected: ["auth/event-needs-power"] },
  },
  {
    name: "uses the greatest depth",
    versions: oldAndNew,
    play: async (scene) => scene.send(await scene.event({ depth: 2 ** 53 - 1 })),
    outcome: { answer: ["ok"], stored: 1 },
  },
  {
    name: "uses depth zero",
    play: async (scene) => scene.send(await scene.event({ depth: 0 })),
    outcome: { answer: ["ok"], stored: 1 },
  },
  {
    name: "dates an event before there was time",
    play: async (scene) => scene.send(await scene.event({ origin_server_ts: -1 })),
    outcome: { answer: ["ok"], stored: 1 },
  },
  {
    name: "uses names that are those of JavaScript's own",
    play: async (scene) =>
      scene.send(
        await scene.event({
          content: JSON.parse(
            '{"msgtype":"m.text","body":"","__proto__":{"body":1},"constructor":{},"toString":1}',
          ),
        }),
      ),
    outcome: { answer: ["ok"], stored: 1 },
  },
];

const numbers = ["1.0", "1.5", "1e3", "-0", "9007199254740992", "1E400"].map(
  (number): Story => ({
    name: `writes ${number} in an event`,
    versions: oldAndNew,
    play: async (scene) => scene.sendTexts(await scene.textWith(number)),
    outcome: {
      answer: "200",
      dropped: [number.startsWith("9") ? "json/integer-range" : "json/float"],
    },
  }),
);

const surrogate = '"\\ud800"';
const texts: Story[] = [
  {
    name: "uses a depth beyond the greatest",
    versions: oldAndNew,
    async play(scene) {
      const { pdu } = await scene.event({ depth: 12345 });
      return scene.sendTexts(canonicalJson(pdu as unknown as Json).replace("12345", String(2 ** 53)));
    },
    outcome: { answer: "200", dropped: ["json/integer-range"] },
  },
  {
    name: "sends a lone surrogate in a text",
    versions: oldAndNew,
    play: async (scene) => scene.sendTexts(await scene.textWith(surrogate)),
    outcome: { answer: "200", dropped: ["json/lone-surrogate"] },
  },
  {
    name: "sends a lone surrogate in a name",
    play: async (scene) => scene.sendTexts(await scene.textWith(`{${surrogate}:1}`)),
    outcome: { answer: "200", dropped: ["json/lone-surrogate"] },
  },
  {
    name: "nests an event 500 levels deep",
    play: async (scene) =>
      scene.send(
        await scene.event({
          content: JSON.parse(`{"msgtype":"m.text","body":"","a":${"[".repeat(500)}${"]".repeat(500)}}`),
        }),
      ),
    outcome: { answer: ["ok"], stored: 1 },
  },
  {
    name: "nests an event 600 levels deep",
    play: async (scene) => scene.sendTexts(await scene.textWith("[".repeat(600) + "]".repeat(600))),
    outcome: { answer: "400 M_BAD_JSON", refused: ["json/too-deep"] },
  },
  {
    name: "nests an event 30,000 levels deep",
    play: async (scene) => scene.sendTexts(await scene.textWith("[".repeat(30_000) + "]".repeat(30_000))),
    outcome: { answer: "400 M_BAD_JSON", refused: ["json/too-deep"] },
  },
  {
    name: "writes what is no JSON for a number",
    play: async (scene) => scene.sendTexts(await scene.textWith("NaN")),
    outcome: { answer: "400 M_NOT_JSON", refused: ["request/not-json"] },
  },
];

tellStories("events of a wrong format", [
  ...missing,
  ...Object.entries(wrongTypes).map(
    ([name, change]): Story => ({ name, play: withChange(change), outcome: droppedFor("pdu/wrong-type") }),
  ),
  ...Object.entries(others).map(
    ([name, [change, code]]): Story => ({ name, play: withChange(change), outcome: droppedFor(code) }),
  ),
  ...Object.entries(noEvents).map(
    ([name, value]): Story => ({
      name: `sends ${name} for an event`,
      play: (scene) => scene.send(value),
      outcome: droppedFor("pdu/missing-key"),
    }),
  ),
  ...limits,
  ...numbers,
  ...texts,
]);
