import { ed25519 } from "@noble/curves/ed25519.js";
import { expect } from "chai";
import { decodeBase64 } from "../../src/protocol/base64.ts";
import { contentHash, eventIdOf, hasRightContentHash } from "../../src/protocol/hashes.ts";
import type { JsonObject } from "../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../src/protocol/pdu.ts";
import { roomVersions } from "../../src/protocol/room-versions.ts";
import {
  eventSigningBytes,
  eventToSign,
  requestSigningBytes,
  requiredSigners,
  signingBytes,
  withSignature,
} from "../../src/protocol/signatures.ts";
import vectors from "./vectors/signing.json";

const seed = decodeBase64(vectors.seed);
const { server, keyId } = vectors;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

// https://spec.matrix.org/v1.19/appendices/#cryptographic-test-vectors
describe("signatures", () => {
  for (const { object, signature } of vectors.objects) {
    it(`of ${JSON.stringify(object)} are those of the specification`, () => {
      const signed = withSignature(object, server, keyId, ed25519.sign(signingBytes(object), seed));
      expect(signed).to.deep.equal({ ...object, signatures: { [server]: { [keyId]: signature } } });
      expect(signingBytes(signed)).to.deep.equal(signingBytes(object));
    });
  }

  for (const { event, sha256, signature } of vectors.events) {
    it(`of an event of type ${event.type} are those of the specification`, () => {
      const unhashed = event as unknown as Pdu;
      expect(contentHash(unhashed)).to.equal(sha256);
      const hashed = { ...unhashed, hashes: { sha256 } };
      // the examples are from before version 11, which drops `origin`
      const bytes = eventSigningBytes(hashed, roomVersions["10"]);
      const signed = withSignature(hashed, server, keyId, ed25519.sign(bytes, seed));
      expect(signed.signatures).to.deep.equal({ [server]: { [keyId]: signature } });
      expect(hasRightContentHash(signed)).to.equal(true);
    });
  }

  it("are added to those that are there, in a copy", () => {
    const before: JsonObject = { a: 1, signatures: { one: { "ed25519:1": "x" } }, unsigned: { age: 5 } };
    const first = withSignature(before, "one", "ed25519:2", new Uint8Array(3));
    const second = withSignature(first, "two", "ed25519:1", new Uint8Array(3));
    expect(second).to.deep.equal({
      a: 1,
      signatures: { one: { "ed25519:1": "x", "ed25519:2": "AAAA" }, two: { "ed25519:1": "AAAA" } },
      unsigned: { age: 5 },
    });
    expect(before.signatures).to.deep.equal({ one: { "ed25519:1": "x" } });
  });

  it("of a request cover its method, address, both servers and body", () => {
    const request = {
      method: "PUT",
      uri: "/_matrix/x?y=1",
      origin: "ada.example",
      destination: "bo.example",
    };
    expect(text(requestSigningBytes(request))).to.equal(
      '{"destination":"bo.example","method":"PUT","origin":"ada.example","uri":"/_matrix/x?y=1"}',
    );
    expect(text(requestSigningBytes({ ...request, content: { b: 1, a: 2 } }))).to.equal(
      '{"content":{"a":2,"b":1},"destination":"bo.example","method":"PUT","origin":"ada.example","uri":"/_matrix/x?y=1"}',
    );
  });
});

describe("an event that is about to be signed", () => {
  const unsigned: UnsignedPdu = {
    type: "m.room.message",
    room_id: "!r:ada.example",
    sender: "@ada:ada.example",
    content: { body: "Hello" },
    origin_server_ts: 1,
    depth: 2,
    prev_events: ["$a"],
    auth_events: ["$b"],
    unsigned: { age: 3 },
  };
  for (const version of Object.values(roomVersions)) {
    it(`has in version ${version.id} the hash, bytes and id that it has signed, altered or not`, () => {
      const { pdu, bytes, eventId } = eventToSign(unsigned, version);
      const signed = withSignature(pdu, "ada.example", "ed25519:1", new Uint8Array(64));
      expect(hasRightContentHash(signed)).to.equal(true);
      expect(eventIdOf(signed, version)).to.equal(eventId);
      expect(eventSigningBytes(signed, version)).to.deep.equal(bytes);
      expect(text(bytes)).not.to.contain("Hello");
      const altered = { ...signed, content: { body: "Hullo" } };
      expect(hasRightContentHash(altered)).to.equal(false);
      expect(eventIdOf(altered, version)).to.equal(eventId);
      expect(hasRightContentHash({ ...signed, hashes: { sha256: "no base64!" } })).to.equal(false);
    });
  }

  const member = (content: JsonObject): UnsignedPdu => ({
    ...unsigned,
    type: "m.room.member",
    state_key: "@bo:bo.example",
    sender: "@bo:bo.example",
    content,
  });
  for (const [story, event, version, signers] of [
    ["a message by its sender's server", unsigned, "6", ["ada.example"]],
    ["a join by its sender's server", member({ membership: "join" }), "12", ["bo.example"]],
    [
      "a join to a restricted room by the server that let them in, too",
      member({ membership: "join", join_authorised_via_users_server: "@ada:ada.example" }),
      "8",
      ["bo.example", "ada.example"],
    ],
    [
      "the same join before there was such a thing by one",
      member({ membership: "join", join_authorised_via_users_server: "@ada:ada.example" }),
      "7",
      ["bo.example"],
    ],
    [
      "the answer to a third-party invite by whom it may",
      member({ membership: "invite", third_party_invite: {} }),
      "12",
      [],
    ],
  ] as const) {
    it(`needs to be signed: ${story}`, () => {
      expect(requiredSigners(event, roomVersions[version])).to.deep.equal(signers);
    });
  }
});
