import type { RoomVersionId } from "../../../../src/protocol/room-versions.ts";
import { withSignature } from "../../../../src/protocol/signatures.ts";
import { bo } from "../room-with-peer.ts";
import type { HostileRoom } from "./hostile-room.ts";
import { type Story, tellStories } from "./stories.ts";

const oldAndNew: readonly RoomVersionId[] = ["6", "11", "12"];
const week = 7 * 24 * 3_600_000;
const forgery = { answer: ["nothing"], dropped: ["federation/bad-signature"] };

/** Sends an event with one of its signatures changed. */
const withSignatures =
  (change: (signature: string) => Record<string, Record<string, string>>) => async (scene: HostileRoom) => {
    const event = await scene.event();
    const signature = Object.values(event.pdu.signatures[scene.peer.name]!)[0]!;
    return scene.send(scene.forged(event, { signatures: change(signature) }));
  };

/** How the content of an event is shown to Ada. */
async function shown(scene: HostileRoom, id: string): Promise<unknown> {
  return (await scene.ada.done("GET", `${scene.path}/event/${encodeURIComponent(id)}`)).content;
}

const signatures: Story[] = [
  {
    name: "does not sign",
    versions: oldAndNew,
    play: withSignatures(() => ({})),
    outcome: forgery,
  },
  {
    name: "signs with a key that it says it does not have",
    play: withSignatures((signature) => ({ "harbor.example": { "ed25519:2": signature } })),
    outcome: forgery,
  },
  {
    name: "signs in the name of another server",
    play: withSignatures((signature) => ({ "other.example": { "ed25519:1": signature } })),
    outcome: forgery,
  },
  {
    name: "signs with another kind of key",
    play: withSignatures((signature) => ({ "harbor.example": { "curve25519:1": signature } })),
    outcome: forgery,
  },
  {
    name: "signs with 63 bytes",
    play: withSignatures((signature) => ({ "harbor.example": { "ed25519:1": signature.slice(0, -2) } })),
    outcome: forgery,
  },
  {
    name: "signs with what is no base64",
    play: withSignatures(() => ({ "harbor.example": { "ed25519:1": "*".repeat(86) } })),
    outcome: forgery,
  },
  {
    name: "puts a bad signature beside a good one",
    play: withSignatures((signature) => ({
      "harbor.example": { "ed25519:9": signature, "ed25519:1": signature },
    })),
    outcome: { answer: ["ok"], stored: 1 },
  },
  {
    name: "puts the signature of one event on another",
    versions: oldAndNew,
    async play(scene) {
      const [one, other] = [
        await scene.event(),
        await scene.event({ content: { msgtype: "m.text", body: "other" } }),
      ];
      return scene.send(scene.forged(one, { signatures: other.pdu.signatures }));
    },
    outcome: forgery,
  },
  ...Object.entries({
    depth: { depth: 101 },
    date: { origin_server_ts: 1 },
    parents: { prev_events: ["$other"] },
    sender: { sender: "@eve:harbor.example" },
    type: { type: "m.room.topic" },
    hash: { hashes: { sha256: "A".repeat(43) } },
  }).map(
    ([name, change]): Story => ({
      name: `changes the ${name} of an event after it was signed`,
      play: async (scene) => scene.send(scene.forged(await scene.event(), change)),
      outcome: forgery,
    }),
  ),
  {
    name: "sends in the name of Ada, who is of another server",
    versions: oldAndNew,
    play: async (scene) => scene.send(await scene.event({ sender: scene.ada.id })),
    outcome: forgery,
  },
  {
    name: "sends in the name of a server with other keys",
    async play(scene) {
      const stranger = scene.stranger();
      return scene.send(await scene.event({ sender: `@eve:${stranger.name}` }));
    },
    outcome: { ...forgery, writes: [] },
  },
  {
    name: "signs for a server with a key of its own under that server's name",
    async play(scene) {
      const stranger = scene.stranger();
      const { id, pdu } = await scene.event({ sender: `@eve:${stranger.name}` });
      const own = Object.values(pdu.signatures[scene.peer.name]!)[0]!;
      return scene.send(scene.forged({ id, pdu }, { signatures: { [stranger.name]: { "ed25519:1": own } } }));
    },
    outcome: { ...forgery, writes: ["server-keys"] },
  },
  {
    name: "sends for a server that cannot be asked for its keys",
    async play(scene) {
      const away = scene.stranger("away");
      const event = away.signEvent(await scene.draft({ sender: `@eve:${away.name}` }), scene.version);
      scene.links.away.add(away.name);
      return scene.send(event);
    },
    // It may be good: it waits until that can be told.
    outcome: { answer: ["nothing"], dropped: ["federation/no-key"], writes: ["waiting-events"] },
  },
  {
    name: "dates an event beyond what its key counts for",
    versions: oldAndNew,
    async play(scene) {
      const late = scene.garden.clock.now() + week + 1000;
      return scene.send(await scene.event({ origin_server_ts: late }));
    },
    outcome: forgery,
  },
  {
    name: "dates an event up to what its key counts for",
    async play(scene) {
      const early = scene.garden.clock.now() + week - 1000;
      return scene.send(await scene.event({ origin_server_ts: early }));
    },
    outcome: { answer: ["ok"], stored: 1 },
  },
];

const hashes: Story[] = [
  {
    name: "changes what an event says",
    versions: oldAndNew,
    async play(scene) {
      const event = await scene.event();
      const answer = await scene.send(scene.forged(event, { content: { msgtype: "m.text", body: "no" } }));
      return [...answer, await shown(scene, event.id)];
    },
    outcome: { answer: ["ok", {}], stored: 1 },
  },
  {
    name: "hashes something else than it signs",
    versions: oldAndNew,
    async play(scene) {
      const { pdu, id } = scene.signHash(await scene.draft(), "A".repeat(43));
      return [...(await scene.send({ id, pdu })), await shown(scene, id)];
    },
    outcome: { answer: ["ok", {}], stored: 1 },
  },
  {
    name: "gives what is no hash for one",
    async play(scene) {
      const { pdu, id } = scene.signHash(await scene.draft(), "no hash!");
      return [...(await scene.send({ id, pdu })), await shown(scene, id)];
    },
    outcome: { answer: ["ok", {}], stored: 1 },
  },
  {
    name: "changes the name that Bo goes by",
    async play(scene) {
      const member = {
        type: "m.room.member",
        state_key: bo,
        content: { membership: "join", displayname: "Bo" },
      };
      const [create, power] = (await scene.draft()).auth_events;
      const rules = await scene.idOf("m.room.join_rules");
      const cited = [create!, power!, rules, await scene.idOf("m.room.member", bo)];
      const event = await scene.event({ ...member, auth_events: cited });
      const content = { membership: "join", displayname: "Eve" };
      return [...(await scene.send(scene.forged(event, { content }))), await shown(scene, event.id)];
    },
    outcome: {
      answer: ["ok", { membership: "join" }],
      stored: 1,
      changes: [`m.room.member ${bo}`],
      // Whose events cite another member event from now on.
    },
  },
  {
    name: "says more than it has signed, where nobody signs",
    async play(scene) {
      const event = await scene.event();
      const unsigned = { age: 1, redacted_because: { type: "m.room.redaction" }, transaction_id: "mine" };
      const answer = await scene.send(scene.forged(event, { unsigned } as object));
      const { records } = scene.garden.ports.journal;
      const kept = records.find(({ key }) => key === event.id)!.value as { pdu: object };
      return [...answer, "unsigned" in kept.pdu];
    },
    outcome: { answer: ["ok", false], stored: 1 },
  },
  {
    name: "signs twice in Ada's server's name and once in its own",
    async play(scene) {
      const { id, pdu } = await scene.event();
      const more = withSignature(pdu, "garden.example", "ed25519:1", new Uint8Array(64));
      return scene.send({ id, pdu: more });
    },
    outcome: { answer: ["ok"], stored: 1 },
  },
];

tellStories("signatures and hashes", [...signatures, ...hashes]);
