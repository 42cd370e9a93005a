import { ed25519 } from "@noble/curves/ed25519.js";
import { expect } from "chai";
import { authorize } from "../../../src/protocol/auth-rules.ts";
import { encodeBase64, encodeUrlBase64 } from "../../../src/protocol/base64.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu } from "../../../src/protocol/pdu.ts";
import { signingBytes } from "../../../src/protocol/signatures.ts";
import { thirdPartyInviteChecks } from "../../../src/protocol/third-party-invites.ts";
import {
  ada,
  bo,
  cy,
  expectAllowed,
  expectRefused,
  membership,
  RoomStory,
  type RuleNumbers,
  since,
  versionIds,
} from "./room-story.ts";

const message = { type: "m.room.message", content: { body: "Hello" } };

describe("an event", () => {
  for (const id of versionIds) {
    it(`is of a room that was created in version ${id}`, () => {
      const room = new RoomStory(id);
      const noRoom = { create: undefined, get: room.authState().get };
      const refusal = authorize(room.event(message), room.version, noRoom);
      expectRefused(refusal, "auth/no-create", id, { "6": "3", "12": "2" });
    });

    it(`stays on one server in version ${id} where its room does`, () => {
      const room = new RoomStory(id, { "m.federate": false }).joinRule("public");
      const refusal = room.judge(membership(bo, { membership: "join" }));
      expectRefused(refusal, "auth/not-federated", id, { "6": "3", "12": "4" });
      expectAllowed(room.judge(message));
      expectAllowed(room.judge(membership("@dee:ada.example", { membership: "join" })));
      const odd = new RoomStory(id, { "m.federate": "false" }).joinRule("public");
      expectAllowed(odd.judge(membership(bo, { membership: "join" })));
    });

    it(`is by a member in version ${id}`, () => {
      for (const outside of ["leave", "invite", "ban", "knock"]) {
        const room = new RoomStory(id).powerLevels({ users: { [bo]: 100 } }).member(bo, outside);
        const refusal = room.judge({ ...message, sender: bo });
        expectRefused(refusal, "auth/sender-not-joined", id, { "6": "5", "12": "6" });
        expectAllowed(room.member(bo, "join").judge({ ...message, sender: bo }));
      }
    });

    it(`takes the level of its type in version ${id}`, () => {
      const room = new RoomStory(id).member(bo, "join");
      const needsPower: RuleNumbers = { "6": "7", "12": "8" };
      const topic = { type: "m.room.topic", state_key: "", sender: bo };
      const talk = { ...message, sender: bo };
      // without levels: 0 for messages, 50 for state
      expectAllowed(room.judge(talk));
      expectRefused(room.judge(topic), "auth/event-needs-power", id, needsPower);
      room.powerLevels({ events_default: 1, state_default: 2, users_default: 1 });
      expectAllowed(room.judge(talk));
      expectRefused(room.judge(topic), "auth/event-needs-power", id, needsPower);
      room.powerLevels({ events: { "m.room.topic": 5, "m.room.message": 6 }, users: { [bo]: 5 } });
      expectAllowed(room.judge(topic));
      const refusal = room.judge(talk);
      expectRefused(refusal, "auth/event-needs-power", id, needsPower);
      expect(refusal?.facts).to.include({ type: "m.room.message", have: 5, need: 6 });
      // the redact level is no matter of these rules
      expectAllowed(room.powerLevels({ redact: 100 }).judge({ type: "m.room.redaction", sender: bo }));
      // nor is what every object has
      expectAllowed(room.judge({ type: "constructor", sender: bo }));
    });

    it(`has a user id as state key in version ${id} only if that is its sender's`, () => {
      const room = new RoomStory(id);
      const refusal = room.judge({ type: "x", state_key: bo });
      expectRefused(refusal, "auth/state-key-of-another", id, { "6": "8", "12": "9" });
      for (const key of [ada, "", "ada", "_@bo:bo.example"]) {
        expectAllowed(room.judge({ type: "x", state_key: key }));
      }
      const aliases = room.judge({ type: "m.room.aliases", state_key: "other.example" });
      expectAllowed(aliases);
    });

    it(`that invites by e-mail takes the level of invites, and no other, in version ${id}`, () => {
      const room = new RoomStory(id).member(bo, "join").powerLevels({ invite: 3, users: { [bo]: 3 } });
      const event = { type: "m.room.third_party_invite", state_key: "t", sender: bo };
      expectAllowed(room.judge(event));
      const refusal = room.powerLevels({ invite: 4, users: { [bo]: 3 } }).judge(event);
      expectRefused(refusal, "auth/third-party-invite-needs-power", id, { "6": "6.1", "12": "7.1" });
    });
  }

  for (const id of since("12")) {
    it(`names its room by the first event in version ${id}`, () => {
      const room = new RoomStory(id);
      for (const room_id of ["!other:ada.example", room.createId, `${room.roomId}x`]) {
        expectRefused(room.judge({ ...message, room_id }), "auth/no-create", id, { "12": "2" });
      }
    });
  }
});

describe("the answer to a third-party invite", () => {
  /** The numbers of the steps: before version 8, since then, and since version 12. */
  const step = (n: number): RuleNumbers => ({ "6": `4.3.1.${n}`, "8": `4.4.1.${n}`, "12": `5.4.1.${n}` });
  const signed = { mxid: cy, token: "t", signatures: {} };
  const answer = (part: object, sender = bo) =>
    membership(sender, { membership: "invite", third_party_invite: part as JsonObject }, cy);
  const facts = { thirdPartyInviteSigned: true };

  for (const id of versionIds) {
    const room = () => new RoomStory(id).state("m.room.third_party_invite", { public_key: "x" }, "t", bo);

    it(`needs no member and no level in version ${id} where it is signed`, () => {
      expectAllowed(room().powerLevels({ invite: 100 }).judge(answer({ signed }), facts));
    });

    it(`is refused step by step in version ${id}`, () => {
      const incomplete = "auth/third-party-invite-incomplete";
      const banned = room().member(cy, "ban").judge(answer({ signed }), facts);
      expectRefused(banned, "auth/third-party-invite-banned", id, step(1));
      expectRefused(room().judge(answer({}), facts), incomplete, id, step(2));
      expectRefused(room().judge(answer({ signed: 1 }), facts), incomplete, id, step(2));
      expectRefused(room().judge(answer({ signed: { token: "t" } }), facts), incomplete, id, step(3));
      expectRefused(room().judge(answer({ signed: { mxid: cy } }), facts), incomplete, id, step(3));
      const forAnother = room().judge(answer({ signed: { ...signed, mxid: ada } }), facts);
      expectRefused(forAnother, "auth/third-party-invite-for-another", id, step(4));
      const unknown = room().judge(answer({ signed: { ...signed, token: "u" } }), facts);
      expectRefused(unknown, "auth/third-party-invite-unknown", id, step(5));
      const byAnother = room().judge(answer({ signed }, ada), facts);
      expectRefused(byAnother, "auth/third-party-invite-of-another", id, step(6));
      expectRefused(room().judge(answer({ signed })), "auth/third-party-invite-unsigned", id, step(8));
    });
  }

  const secret = new Uint8Array(32).fill(7);
  const publicKey = ed25519.getPublicKey(secret);
  const room = new RoomStory("12");
  const invited = (content: JsonObject): Pdu =>
    room.event({ type: "m.room.third_party_invite", state_key: "t", content });
  const signature = encodeBase64(ed25519.sign(signingBytes(signed), secret));
  const answered = room.event(
    answer({ signed: { ...signed, signatures: { "id.example": { "ed25519:0": signature } } } }),
  );
  const succeeds = (content: JsonObject) =>
    thirdPartyInviteChecks(answered, invited(content)).some((check) =>
      ed25519.verify(check.signature, check.message, check.publicKey),
    );

  it("is signed by any of the keys, in either alphabet", () => {
    const other = encodeBase64(ed25519.getPublicKey(new Uint8Array(32)));
    expect(succeeds({ public_key: encodeBase64(publicKey) })).to.equal(true);
    expect(
      succeeds({ public_key: other, public_keys: [{ public_key: encodeUrlBase64(publicKey) }] }),
    ).to.equal(true);
    expect(succeeds({ public_key: other })).to.equal(false);
  });

  it("is not signed where keys or signatures are none", () => {
    expect(
      succeeds({ public_key: "short", public_keys: [1, { public_key: 5 }, { public_key: "é" }] }),
    ).to.equal(false);
    for (const signatures of [1, { x: 1 }, { x: { "ed25519:0": "short" } }, { x: { "rsa:0": signature } }]) {
      const event = room.event(answer({ signed: { ...signed, signatures } }));
      expect(thirdPartyInviteChecks(event, invited({ public_key: encodeBase64(publicKey) }))).to.deep.equal(
        [],
      );
    }
    const noAnswer = room.event(membership(bo, { membership: "invite" }, cy));
    expect(thirdPartyInviteChecks(noAnswer, invited({}))).to.deep.equal([]);
  });
});
