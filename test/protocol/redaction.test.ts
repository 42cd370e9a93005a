import { expect } from "chai";
import fc from "fast-check";
import { eventIdOf } from "../../src/protocol/hashes.ts";
import type { JsonObject } from "../../src/protocol/json.ts";
import type { Pdu } from "../../src/protocol/pdu.ts";
import { redact } from "../../src/protocol/redaction.ts";
import { type RoomVersionId, roomVersions } from "../../src/protocol/room-versions.ts";
import { signingBytes } from "../../src/protocol/signatures.ts";

const ids = Object.keys(roomVersions) as RoomVersionId[];
const since = (first: RoomVersionId) => ids.filter((id) => Number(id) >= Number(first));

/** Everything that an event may have had in any version, and something that none has. */
const event = (type: string, content: JsonObject) =>
  ({
    type,
    content,
    event_id: "$e",
    room_id: "!r:x",
    sender: "@a:x",
    state_key: "",
    hashes: { sha256: "h" },
    signatures: { x: { "ed25519:1": "s" } },
    depth: 1,
    prev_events: ["$p"],
    prev_state: [],
    auth_events: ["$a"],
    origin: "x",
    origin_server_ts: 1,
    membership: "join",
    redacts: "$r",
    unsigned: { age: 1 },
    other: 1,
  }) as unknown as Pdu;

const always =
  "auth_events content depth event_id hashes origin_server_ts prev_events room_id sender signatures state_key type";
const untilTen = `${always} membership origin prev_state`;

/** Type of event, its content, and what each version keeps of it. */
const contents: [type: string, content: JsonObject, kept: (version: number) => string[]][] = [
  ["m.room.message", { body: "x", membership: "x" }, () => []],
  ["m.room.topic", { topic: "x" }, () => []],
  ["m.room.aliases", { aliases: [] }, () => []],
  ["constructor", { name: "x" }, () => []],
  [
    "m.room.member",
    { membership: "join", displayname: "x", join_authorised_via_users_server: "@a:x" },
    (version) => ["membership", ...(version >= 9 ? ["join_authorised_via_users_server"] : [])],
  ],
  [
    "m.room.create",
    { creator: "@a:x", room_version: "6", "m.federate": false },
    (version) => (version >= 11 ? ["creator", "room_version", "m.federate"] : ["creator"]),
  ],
  [
    "m.room.join_rules",
    { join_rule: "restricted", allow: [], other: 1 },
    (version) => ["join_rule", ...(version >= 8 ? ["allow"] : [])],
  ],
  [
    "m.room.power_levels",
    {
      ban: 1,
      events: {},
      events_default: 1,
      invite: 1,
      kick: 1,
      notifications: {},
      redact: 1,
      state_default: 1,
      users: {},
      users_default: 1,
    },
    (version) => [
      ..."ban events events_default kick redact state_default users users_default".split(" "),
      ...(version >= 11 ? ["invite"] : []),
    ],
  ],
  ["m.room.history_visibility", { history_visibility: "shared", other: 1 }, () => ["history_visibility"]],
  ["m.room.redaction", { redacts: "$e", reason: "x" }, (version) => (version >= 11 ? ["redacts"] : [])],
];

describe("redaction", () => {
  for (const id of ids) {
    const version = roomVersions[id];
    it(`in version ${id} keeps what it must of the event`, () => {
      const kept = Object.keys(redact(event("m.room.message", {}), version));
      const expected = (Number(id) >= 11 ? always : untilTen).split(" ");
      expect(kept).to.have.members(expected);
    });

    for (const [type, content, kept] of contents) {
      it(`in version ${id} keeps what it must of the content of ${type}`, () => {
        const expected = Object.fromEntries(kept(Number(id)).map((key) => [key, content[key]]));
        expect(redact(event(type, content), version).content).to.deep.equal(expected);
      });
    }
  }

  for (const id of since("11")) {
    it(`in version ${id} keeps the signed part of a third-party invite`, () => {
      const invite = { display_name: "x", signed: { token: "t" } };
      const content = { membership: "invite", third_party_invite: invite };
      expect(redact(event("m.room.member", content), roomVersions[id]).content).to.deep.equal({
        membership: "invite",
        third_party_invite: { signed: { token: "t" } },
      });
      const without = { membership: "invite", third_party_invite: { display_name: "x" } };
      expect(redact(event("m.room.member", without), roomVersions[id]).content).to.deep.equal({
        membership: "invite",
      });
    });
  }

  it("leaves the event itself as it was", () => {
    const given = event("m.room.message", { body: "x" });
    const before = structuredClone(given);
    redact(given, roomVersions["12"]);
    expect(given).to.deep.equal(before);
  });

  it("twice is as once, and changes neither id nor what is signed", () => {
    const json = fc.jsonValue({ maxDepth: 2 });
    const key = fc.constantFrom("membership", "creator", "users", "redacts", "third_party_invite", "x");
    const type = fc.constantFrom(...contents.map(([name]) => name));
    fc.assert(
      fc.property(fc.constantFrom(...ids), type, fc.dictionary(key, json), (id, name, content) => {
        const version = roomVersions[id];
        const whole = event(name, JSON.parse(JSON.stringify(content, withoutFloats)));
        const once = redact(whole, version);
        expect(redact(once, version)).to.deep.equal(once);
        expect(eventIdOf(once, version)).to.equal(eventIdOf(whole, version));
        expect(signingBytes(once)).to.deep.equal(signingBytes(redact(whole, version)));
      }),
    );
  });
});

function withoutFloats(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) ? 0 : value;
}
