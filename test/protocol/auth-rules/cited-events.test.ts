import { expect } from "chai";
import { authEventKeys } from "../../../src/protocol/auth-events.ts";
import { authEventsFault, type CitedEvent } from "../../../src/protocol/auth-rules.ts";
import type { Pdu } from "../../../src/protocol/pdu.ts";
import {
  ada,
  bo,
  cy,
  expectAllowed,
  expectRefused,
  membership,
  RoomStory,
  versionIds,
} from "./room-story.ts";

/** The events of the room that a change cites by the selection. */
function citedBy(room: RoomStory, event: Pdu): CitedEvent[] {
  const keys = authEventKeys(event, room.version);
  return keys
    .map(([type, stateKey]) => room.authState().get(type, stateKey))
    .filter((pdu) => pdu !== undefined)
    .map((pdu) => ({ pdu, rejected: false }));
}

const duplicate = { "6": "2.1", "12": "3.1" };
const unexpected = { "6": "2.2", "12": "3.2" };
const rejected = { "6": "2.3", "12": "3.3" };
const ofAnotherRoom = { "6": "2.5", "12": "3.4" };

describe("the events that an event cites", () => {
  for (const id of versionIds) {
    const room = new RoomStory(id).powerLevels({}).joinRule("public").member(bo, "join");
    const { version } = room;
    const message = room.event({ type: "m.room.message" });
    const cited = citedBy(room, message);
    const [first] = cited as [CitedEvent];

    it(`are allowed in version ${id} as they are selected`, () => {
      expectAllowed(authEventsFault(message, version, cited));
      expectAllowed(room.judge({ type: "m.room.message" }, { authEvents: cited }));
      expectAllowed(authEventsFault(room.create, version, []));
      const join = room.event(membership(cy, { membership: "join" }));
      expectAllowed(authEventsFault(join, version, citedBy(room, join)));
    });

    it(`are not cited twice in version ${id}`, () => {
      const refusal = authEventsFault(message, version, [...cited, first]);
      expectRefused(refusal, "auth/cites-duplicates", id, duplicate);
    });

    it(`are only those that matter in version ${id}`, () => {
      const joinRules = room.authState().get("m.room.join_rules", "")!;
      const bosJoin = room.authState().get("m.room.member", bo)!;
      const noState = room.event({ type: "m.room.power_levels" });
      for (const pdu of [joinRules, bosJoin, noState]) {
        const others = cited.filter((one) => one.pdu.type !== pdu.type || pdu === bosJoin);
        const refusal = authEventsFault(message, version, [...others, { pdu, rejected: false }]);
        expectRefused(refusal, "auth/cites-unexpected", id, unexpected);
      }
    });

    it(`were not rejected themselves in version ${id}`, () => {
      const refusal = authEventsFault(message, version, [{ ...first, rejected: true }, ...cited.slice(1)]);
      expectRefused(refusal, "auth/cites-rejected", id, rejected);
      expectRefused(
        room.judge({ type: "m.room.message" }, { authEvents: [{ ...first, rejected: true }] }),
        "auth/cites-rejected",
        id,
        rejected,
      );
    });

    it(`are of the same room in version ${id}`, () => {
      const last = cited.at(-1)!;
      const foreign = { ...last, pdu: { ...last.pdu, room_id: "!other:ada.example" } };
      const refusal = authEventsFault(message, version, [...cited.slice(0, -1), foreign]);
      expectRefused(refusal, "auth/cites-other-room", id, ofAnotherRoom);
    });

    it(`${version.authEventsCiteCreate ? "have" : "have not"} the first one among them in version ${id}`, () => {
      const others = cited.filter(({ pdu }) => pdu.type !== "m.room.create");
      const create = { pdu: room.create, rejected: false };
      if (version.authEventsCiteCreate) {
        const refusal = authEventsFault(message, version, others);
        expectRefused(refusal, "auth/cites-no-create", id, { "6": "2.4" });
      } else {
        const refusal = authEventsFault(message, version, [...others, create]);
        expectRefused(refusal, "auth/cites-unexpected", id, unexpected);
      }
    });
  }
});

// https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection
describe("the selection of auth events", () => {
  const always = [
    ["m.room.power_levels", ""],
    ["m.room.member", bo],
  ];
  const joinRules = ["m.room.join_rules", ""];
  const keys = (change: Parameters<RoomStory["event"]>[0], id: "7" | "12" = "12") => {
    const room = new RoomStory(id);
    return authEventKeys(room.event(change), room.version);
  };

  it("is nothing for the first event, and has that one until version 11 for others", () => {
    expect(keys({ type: "m.room.create", state_key: "" })).to.deep.equal([]);
    expect(keys({ type: "m.room.message", sender: bo })).to.deep.equal(always);
    expect(keys({ type: "m.room.message", sender: bo }, "7")).to.deep.equal([
      ["m.room.create", ""],
      ...always,
    ]);
  });

  for (const change of ["join", "knock"]) {
    it(`has the join rules for a ${change}`, () => {
      expect(keys(membership(bo, { membership: change }))).to.deep.equal([...always, joinRules]);
    });
  }

  it("has the target for a kick, a ban and an invite", () => {
    for (const change of ["leave", "ban"]) {
      const expected = [...always, ["m.room.member", cy]];
      expect(keys(membership(bo, { membership: change }, cy))).to.deep.equal(expected);
    }
    const expected = [...always, ["m.room.member", cy], joinRules];
    expect(keys(membership(bo, { membership: "invite" }, cy))).to.deep.equal(expected);
  });

  it("has the third-party invite that an invite answers, and no other event does", () => {
    const invite = { third_party_invite: { signed: { token: "t" } } };
    expect(keys(membership(bo, { membership: "invite", ...invite }, cy))).to.deep.include([
      "m.room.third_party_invite",
      "t",
    ]);
    for (const content of [
      { membership: "invite", third_party_invite: { signed: {} } },
      { membership: "invite", third_party_invite: null },
      { membership: "join", ...invite },
    ]) {
      const types = keys(membership(bo, content, cy)).map(([type]) => type);
      expect(types).not.to.include("m.room.third_party_invite");
    }
  });

  it("has the member who lets another join, since there are restricted rooms", () => {
    const join = { membership: "join", join_authorised_via_users_server: ada };
    expect(keys(membership(bo, join))).to.deep.equal([...always, joinRules, ["m.room.member", ada]]);
    expect(keys(membership(bo, join), "7")).to.deep.equal([["m.room.create", ""], ...always, joinRules]);
    expect(keys(membership(bo, { ...join, membership: "leave" }))).to.deep.equal(always);
  });

  it("names nothing twice", () => {
    const join = { membership: "join", join_authorised_via_users_server: bo };
    expect(keys(membership(bo, join))).to.deep.equal([...always, joinRules]);
  });
});
