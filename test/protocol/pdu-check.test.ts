import { expect } from "chai";
import { canonicalBytes } from "../../src/protocol/canonical-json.ts";
import type { Json, JsonObject } from "../../src/protocol/json.ts";
import { largestEvent, pduFault, refusalCodes } from "../../src/protocol/pdu-check.ts";
import { type RoomVersion, type RoomVersionId, roomVersions } from "../../src/protocol/room-versions.ts";

const hash = "Nhcu5BS-UMnFX7hBVfVSoXiD7OgH6iRT-xyIuqDnpYQ";
const roomIdIn = (id: RoomVersionId) => (id === "12" ? `!${hash}` : "!room:ada.example");

function pdu(id: RoomVersionId, changes: JsonObject = {}): JsonObject {
  return {
    type: "m.room.message",
    room_id: roomIdIn(id),
    sender: "@ada:ada.example",
    content: { body: "Hello" },
    origin_server_ts: 1_760_000_000_000,
    depth: 5,
    prev_events: [`$${hash}`],
    auth_events: [`$${hash}`],
    hashes: { sha256: "x" },
    signatures: { "ada.example": { "ed25519:1": "x" } },
    ...changes,
  };
}

function without(key: string, event: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== key));
}

/** An event that has exactly so many bytes, most of them in pairs. */
function ofSize(bytes: number): JsonObject {
  const more = bytes - canonicalBytes(pdu("12", { content: { body: "" } })).length;
  return pdu("12", { content: { body: `${"é".repeat(more >> 1)}${"x".repeat(more % 2)}` } });
}

const ids = (count: number) => Array.from({ length: count }, (_, i) => `$${i}`);

const bad: [story: string, value: Json, code: (typeof refusalCodes)[number], facts?: object][] = [
  ["no object", [pdu("12")], "pdu/no-object", { found: "array" }],
  ["null", null, "pdu/no-object", { found: "null" }],
  ["type as a number", pdu("12", { type: 1 }), "pdu/wrong-type", { key: "type", found: "integer" }],
  ["content as a list", pdu("12", { content: [] }), "pdu/wrong-type", { key: "content", found: "array" }],
  ["state_key as null", pdu("12", { state_key: null }), "pdu/wrong-type", { key: "state_key" }],
  ["depth as a text", pdu("12", { depth: "1" }), "pdu/wrong-type", { key: "depth", expected: "integer" }],
  ["a negative depth", pdu("12", { depth: -1 }), "pdu/bad-depth", { depth: -1 }],
  ["a depth too great", pdu("12", { depth: 2 ** 53 }), "json/integer-range", { path: "depth" }],
  ["a time with a fraction", pdu("12", { origin_server_ts: 0.5 }), "json/float"],
  ["a float inside", pdu("12", { content: { x: 1.5 } }), "json/float", { path: "content.x" }],
  ["parents that are no texts", pdu("12", { prev_events: [["$a", {}]] }), "pdu/wrong-type"],
  ["hashes without SHA-256", pdu("12", { hashes: {} }), "pdu/wrong-type", { key: "hashes" }],
  ["signatures of a wrong shape", pdu("12", { signatures: { x: "y" } }), "pdu/wrong-type"],
  ["a signature that is no text", pdu("12", { signatures: { x: { y: 1 } } }), "pdu/wrong-type"],
  ["unsigned as a text", pdu("12", { unsigned: "x" }), "pdu/wrong-type", { key: "unsigned" }],
  ["a sender without server", pdu("12", { sender: "@ada" }), "identifier/no-server"],
  ["a sender without sigil", pdu("12", { sender: "ada:x" }), "identifier/wrong-sigil"],
  ["a sender too long", pdu("12", { sender: `@${"a".repeat(253)}:x` }), "identifier/too-long"],
  ["a type too long", pdu("12", { type: "x".repeat(256) }), "pdu/too-long", { key: "type", bytes: 256 }],
  ["a state_key too long", pdu("12", { state_key: "é".repeat(128) }), "pdu/too-long", { bytes: 256 }],
  ["an event id too long", pdu("12", { auth_events: ["x".repeat(256)] }), "pdu/too-long"],
  ["too many parents", pdu("12", { prev_events: ids(21) }), "pdu/too-many", { count: 21, limit: 20 }],
  ["too many auth events", pdu("12", { auth_events: ids(11) }), "pdu/too-many", { count: 11, limit: 10 }],
  ["one byte too many", ofSize(largestEvent + 1), "pdu/too-large", { bytes: largestEvent + 1 }],
];

describe("an event that came from elsewhere", () => {
  for (const [id, version] of Object.entries(roomVersions) as [RoomVersionId, RoomVersion][]) {
    it(`is good in version ${id}`, () => {
      expect(pduFault(pdu(id), version)).to.equal(undefined);
      const state = pdu(id, {
        state_key: "",
        unsigned: { age: 1 },
        sender: "@Ä da:ada.example",
        other: [1],
      });
      expect(pduFault(state, version)).to.equal(undefined);
    });

    for (const key of Object.keys(pdu(id))) {
      it(`is bad in version ${id} without ${key}`, () => {
        const fault = pduFault(without(key, pdu(id)), version);
        expect(fault).to.deep.equal({ code: "pdu/missing-key", facts: { key } });
      });
    }
  }

  it("has no room id as the first one of a room of version 12, and only there", () => {
    const create = (id: RoomVersionId) =>
      without("room_id", pdu(id, { type: "m.room.create", state_key: "" }));
    expect(pduFault(create("12"), roomVersions["12"])).to.equal(undefined);
    expect(pduFault(create("11"), roomVersions["11"])?.code).to.equal("pdu/missing-key");
  });

  it("has a room id of its version's kind", () => {
    expect(pduFault(pdu("11"), roomVersions["12"])?.code).to.equal("identifier/bad-character");
    expect(pduFault(pdu("12"), roomVersions["11"])?.code).to.equal("identifier/no-server");
  });

  it("names what it redacts by a text at its top, up to version 10", () => {
    expect(pduFault(pdu("10", { redacts: 1 }), roomVersions["10"])?.facts).to.include({ key: "redacts" });
    expect(pduFault(pdu("11", { redacts: 1 }), roomVersions["11"])).to.equal(undefined);
  });

  for (const [story, value, code, facts] of bad) {
    it(`is bad with ${story}`, () => {
      const fault = pduFault(value, roomVersions["12"]);
      expect(fault?.code).to.equal(code);
      expect(fault?.facts).to.include(facts ?? {});
      expect(refusalCodes).to.include(code);
    });
  }

  it("may use every limit to the full", () => {
    const full = {
      prev_events: ids(20),
      auth_events: ids(10),
      state_key: "é".repeat(127),
      depth: 2 ** 53 - 1,
    };
    expect(pduFault(pdu("12", full), roomVersions["12"])).to.equal(undefined);
    expect(pduFault(ofSize(largestEvent), roomVersions["12"])).to.equal(undefined);
  });

  it("may have any number of parents where it comes as history", () => {
    const old = pdu("12", { prev_events: ids(21), auth_events: ids(11) });
    expect(pduFault(old, roomVersions["12"], { backfill: true })).to.equal(undefined);
  });
});
