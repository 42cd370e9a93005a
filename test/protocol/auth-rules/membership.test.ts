import type { RoomVersionId } from "../../../src/protocol/room-versions.ts";
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
  until,
  versionIds,
} from "./room-story.ts";

/** The numbers of a rule about members: before version 8, since then, and since version 12. */
function rule(first: string, since8 = first): RuleNumbers {
  return { "6": `4.${first}`, "8": `4.${since8}`, "12": `5.${since8}` };
}

const join = { membership: "join" };
const leave = { membership: "leave" };
const invite = { membership: "invite" };
const ban = { membership: "ban" };
const knock = { membership: "knock" };

describe("a membership", () => {
  for (const id of versionIds) {
    it(`has a state key, a membership, and one that is known in version ${id}`, () => {
      const room = new RoomStory(id);
      const incomplete = { "6": "4.1", "12": "5.1" };
      const noKey = { type: "m.room.member", content: join };
      expectRefused(room.judge(noKey), "auth/member-incomplete", id, incomplete);
      expectRefused(room.judge(membership(ada, {})), "auth/member-incomplete", id, incomplete);
      for (const odd of ["JOIN", "", null, 1]) {
        const refusal = room.judge(membership(ada, { membership: odd }));
        expectRefused(refusal, "auth/unknown-membership", id, {
          "6": "4.6",
          "7": "4.7",
          "8": "4.8",
          "12": "5.8",
        });
      }
    });
  }

  it("is no knock before version 7", () => {
    const room = new RoomStory("6").joinRule("knock");
    expectRefused(room.judge(membership(bo, knock)), "auth/unknown-membership", "6", { "6": "4.6" });
  });
});

describe("a join", () => {
  for (const id of versionIds) {
    it(`is first the creator's in version ${id}`, () => {
      const room = new RoomStory(id).member(ada, "leave").joinRule("invite");
      const first = { prev_events: [room.createId] };
      expectAllowed(room.judge({ ...membership(ada, join), ...first }));
      expectRefused(
        room.judge({ ...membership(bo, join), ...first }),
        "auth/join-needs-invite",
        id,
        rule("2.6", "3.7"),
      );
      const second = { prev_events: [room.createId, "$other"] };
      expectRefused(
        room.judge({ ...membership(ada, join), ...second }),
        "auth/join-needs-invite",
        id,
        rule("2.6", "3.7"),
      );
    });

    it(`is one's own in version ${id}`, () => {
      const room = new RoomStory(id).joinRule("public");
      const refusal = room.judge(membership(ada, join, bo));
      expectRefused(refusal, "auth/join-for-another", id, rule("2.2", "3.2"));
    });

    it(`is nothing for the banned in version ${id}`, () => {
      const room = new RoomStory(id).joinRule("public").member(bo, "ban");
      expectRefused(room.judge(membership(bo, join)), "auth/banned", id, rule("2.3", "3.3"));
    });

    it(`is open to all where rooms are public in version ${id}`, () => {
      const room = new RoomStory(id).joinRule("public");
      expectAllowed(room.judge(membership(bo, join)));
      expectAllowed(room.member(bo, "leave").judge(membership(bo, join)));
    });

    it(`needs an invite where there is no rule, or a rule of invites, in version ${id}`, () => {
      for (const room of [new RoomStory(id), new RoomStory(id).joinRule("invite")]) {
        expectRefused(room.judge(membership(bo, join)), "auth/join-needs-invite", id, rule("2.6", "3.7"));
        expectAllowed(room.member(bo, "invite").judge(membership(bo, join)));
        expectAllowed(room.member(bo, "join").judge(membership(bo, join)));
      }
    });

    it(`is for nobody by a rule that is unknown in version ${id}`, () => {
      for (const odd of ["private", "x"]) {
        const room = new RoomStory(id).joinRule(odd).member(bo, "invite");
        expectRefused(room.judge(membership(bo, join)), "auth/join-rule-forbids", id, rule("2.6", "3.7"));
      }
    });
  }

  it("by invite where one can knock is as old as knocking", () => {
    for (const id of versionIds) {
      const room = new RoomStory(id).joinRule("knock").member(bo, "invite");
      if (id === "6") {
        expectRefused(room.judge(membership(bo, join)), "auth/join-rule-forbids", id, rule("2.6"));
      } else expectAllowed(room.judge(membership(bo, join)));
      if (id !== "6") {
        const refusal = room.member(bo, "knock").judge(membership(bo, join));
        expectRefused(refusal, "auth/join-needs-invite", id, rule("2.6", "3.7"));
      }
    }
  });
});

describe("a join to a restricted room", () => {
  const viaAda = { ...join, join_authorised_via_users_server: ada };
  const signatures = { "ada.example": { "ed25519:1": "" } };
  const rules: [rule: string, ids: RoomVersionId[]][] = [
    ["restricted", since("8")],
    ["knock_restricted", since("10")],
  ];
  for (const [joinRule, ids] of rules) {
    for (const id of ids) {
      const room = () =>
        new RoomStory(id).joinRule(joinRule).powerLevels({ users: { [cy]: 10 }, invite: 10 });
      // somebody who may invite
      const byCy = { ...join, join_authorised_via_users_server: cy };
      const signed = { signatures: { "cy.example": { "ed25519:1": "" } } };

      it(`needs no help of the invited in version ${id} (${joinRule})`, () => {
        expectAllowed(room().member(bo, "invite").judge(membership(bo, join)));
        expectAllowed(room().member(bo, "join").judge(membership(bo, join)));
      });

      it(`is by a member who may invite in version ${id} (${joinRule})`, () => {
        const powerless = rule("2.5.2", "3.5.2");
        expectAllowed(
          room()
            .member(cy, "join")
            .judge({ ...membership(bo, byCy), ...signed }),
        );
        const absent = room().judge({ ...membership(bo, byCy), ...signed });
        expectRefused(absent, "auth/authoriser-powerless", id, powerless);
        const weak = room().powerLevels({ invite: 10 }).member(cy, "join");
        expectRefused(
          weak.judge({ ...membership(bo, byCy), ...signed }),
          "auth/authoriser-powerless",
          id,
          powerless,
        );
        expectRefused(room().judge(membership(bo, join)), "auth/join-needs-invite", id, powerless);
      });

      it(`is signed by that member's server in version ${id} (${joinRule})`, () => {
        const story = room().member(cy, "join");
        const unsigned = rule("2.1", "2.1");
        const change = membership(bo, byCy);
        expectRefused(story.judge(change), "auth/authoriser-not-signed", id, unsigned);
        expectAllowed(story.judge(change, { signedBy: new Set(["cy.example"]) }));
        const badly = story.judge({ ...change, ...signed }, { signedBy: new Set(["bo.example"]) });
        expectRefused(badly, "auth/authoriser-not-signed", id, unsigned);
      });
    }
  }

  for (const id of since("8")) {
    it(`is signed in version ${id} whatever membership names the server`, () => {
      const room = new RoomStory(id).joinRule("public").member(bo, "join");
      for (const change of ["join", "leave"]) {
        const content = { ...viaAda, membership: change };
        const unsigned = rule("2.1", "2.1");
        expectRefused(room.judge(membership(bo, content)), "auth/authoriser-not-signed", id, unsigned);
        expectAllowed(room.judge({ ...membership(bo, content), signatures }));
      }
      for (const odd of [null, 1, "ada", "@ada"]) {
        const refusal = room.judge(membership(bo, { ...join, join_authorised_via_users_server: odd }));
        expectRefused(refusal, "auth/authoriser-not-signed", id, rule("2.1", "2.1"));
      }
    });
  }

  it("is none before version 8, and none by knocking too before version 10", () => {
    for (const id of until("7")) {
      const room = new RoomStory(id).joinRule("restricted").member(bo, "invite");
      expectRefused(room.judge(membership(bo, viaAda)), "auth/join-rule-forbids", id, rule("2.6"));
    }
    for (const id of until("9")) {
      const room = new RoomStory(id).joinRule("knock_restricted").member(bo, "invite");
      const refusal = room.judge(membership(bo, join));
      expectRefused(refusal, "auth/join-rule-forbids", id, rule("2.6", "3.7"));
    }
  });
});

describe("an invite", () => {
  for (const id of versionIds) {
    it(`is by members, to others, in version ${id}`, () => {
      const room = new RoomStory(id).member(bo, "join");
      expectAllowed(room.judge(membership(bo, invite, cy)));
      expectAllowed(room.member(cy, "leave").judge(membership(bo, invite, cy)));
      expectAllowed(room.member(cy, "invite").judge(membership(bo, invite, cy)));
      expectAllowed(room.member(cy, "knock").judge(membership(bo, invite, cy)));
      for (const taken of ["join", "ban"]) {
        const refusal = room.member(cy, taken).judge(membership(bo, invite, cy));
        expectRefused(refusal, "auth/invite-to-member", id, rule("3.3", "4.3"));
      }
      for (const outside of ["leave", "invite", "ban", "knock"]) {
        const refusal = room.member(bo, outside).judge(membership(bo, invite, cy));
        expectRefused(refusal, "auth/sender-not-joined", id, rule("3.2", "4.2"));
      }
    });

    it(`takes the level of invites in version ${id}`, () => {
      const room = new RoomStory(id).member(bo, "join").powerLevels({ users: { [bo]: 9 }, invite: 10 });
      const refusal = room.judge(membership(bo, invite, cy));
      expectRefused(refusal, "auth/invite-needs-power", id, rule("3.5", "4.5"));
      expectAllowed(room.powerLevels({ users: { [bo]: 10 }, invite: 10 }).judge(membership(bo, invite, cy)));
    });
  }
});

describe("a leave", () => {
  for (const id of versionIds) {
    it(`of one's own is for those who are in or invited in version ${id}`, () => {
      for (const current of ["join", "invite"]) {
        expectAllowed(new RoomStory(id).member(bo, current).judge(membership(bo, leave)));
      }
      for (const current of ["leave", "ban"]) {
        const refusal = new RoomStory(id).member(bo, current).judge(membership(bo, leave));
        expectRefused(refusal, "auth/leave-without-being-in", id, rule("4.1", "5.1"));
      }
      const knocked = new RoomStory(id).member(bo, "knock").judge(membership(bo, leave));
      if (id === "6") expectRefused(knocked, "auth/leave-without-being-in", id, rule("4.1"));
      else expectAllowed(knocked);
    });

    it(`of another is a kick, by level, in version ${id}`, () => {
      const room = new RoomStory(id).member(bo, "join").member(cy, "join");
      const outside = new RoomStory(id).judge(membership(bo, leave, cy));
      expectRefused(outside, "auth/sender-not-joined", id, rule("4.2", "5.2"));
      for (const [users, code] of [
        [{ [bo]: 49, [cy]: 0 }, "auth/kick-needs-power"],
        [{ [bo]: 50, [cy]: 50 }, "auth/kick-needs-more-power-than-target"],
      ] as const) {
        const refusal = room.powerLevels({ users }).judge(membership(bo, leave, cy));
        expectRefused(refusal, code, id, rule("4.5", "5.5"));
      }
      expectAllowed(room.powerLevels({ users: { [bo]: 50, [cy]: 49 } }).judge(membership(bo, leave, cy)));
      expectAllowed(room.powerLevels({ users: { [bo]: 1 }, kick: 1 }).judge(membership(bo, leave, cy)));
    });

    it(`of the banned takes the levels of bans and kicks in version ${id}`, () => {
      const room = new RoomStory(id).member(bo, "join").member(cy, "ban");
      const levels = { users: { [bo]: 50 }, kick: 10 };
      expectAllowed(room.powerLevels({ ...levels, ban: 50 }).judge(membership(bo, leave, cy)));
      const needsBan = room.powerLevels({ ...levels, ban: 51 }).judge(membership(bo, leave, cy));
      expectRefused(needsBan, "auth/unban-needs-power", id, rule("4.3", "5.3"));
      const needsKick = room.powerLevels({ ...levels, ban: 10, kick: 51 }).judge(membership(bo, leave, cy));
      expectRefused(needsKick, "auth/kick-needs-power", id, rule("4.5", "5.5"));
    });
  }
});

describe("a ban", () => {
  for (const id of versionIds) {
    it(`is by level, also before somebody comes, in version ${id}`, () => {
      const room = new RoomStory(id).member(bo, "join");
      const otherwise = rule("5.3", "6.3");
      const outside = new RoomStory(id).judge(membership(bo, ban, cy));
      expectRefused(outside, "auth/sender-not-joined", id, rule("5.1", "6.1"));
      const weak = room.powerLevels({ users: { [bo]: 49 } }).judge(membership(bo, ban, cy));
      expectRefused(weak, "auth/ban-needs-power", id, otherwise);
      const equal = room.powerLevels({ users: { [bo]: 50, [cy]: 50 } }).judge(membership(bo, ban, cy));
      expectRefused(equal, "auth/ban-needs-more-power-than-target", id, otherwise);
      expectAllowed(room.powerLevels({ users: { [bo]: 50 } }).judge(membership(bo, ban, cy)));
    });
  }

  it("reaches no creator of version 12, and a creator reaches everybody else", () => {
    const room = new RoomStory("12", { additional_creators: [bo] }).member(bo, "join").member(cy, "join");
    room.powerLevels({ users: { [cy]: Number.MAX_SAFE_INTEGER } });
    const ofCreator = { "12": "5.6.3" };
    for (const sender of [ada, cy]) {
      const refusal = room.judge(membership(sender, ban, bo));
      expectRefused(refusal, "auth/ban-needs-more-power-than-target", "12", ofCreator);
    }
    expectAllowed(room.judge(membership(bo, ban, cy)));
  });
});

describe("a knock", () => {
  const rules: [rule: string, ids: RoomVersionId[]][] = [
    ["knock", since("7")],
    ["knock_restricted", since("10")],
  ];
  for (const [joinRule, ids] of rules) {
    for (const id of ids) {
      it(`is one's own, from outside, in version ${id} (${joinRule})`, () => {
        const room = new RoomStory(id).joinRule(joinRule);
        for (const current of ["leave", "knock"]) {
          expectAllowed(room.member(bo, current).judge(membership(bo, knock)));
        }
        for (const current of ["ban", "invite", "join"]) {
          const refusal = room.member(bo, current).judge(membership(bo, knock));
          expectRefused(refusal, "auth/knock-of-member", id, rule("6.4", "7.4"));
        }
        const forBo = room.judge(membership(cy, knock, bo));
        expectRefused(forBo, "auth/knock-for-another", id, rule("6.2", "7.2"));
      });
    }
  }

  for (const id of since("7")) {
    it(`needs a rule that lets one knock in version ${id}`, () => {
      const others = ["public", "invite", "restricted", ...(Number(id) < 10 ? ["knock_restricted"] : [])];
      for (const room of [new RoomStory(id), ...others.map((other) => new RoomStory(id).joinRule(other))]) {
        const refusal = room.judge(membership(bo, knock));
        expectRefused(refusal, "auth/knock-rule-forbids", id, rule("6.1", "7.1"));
      }
    });
  }
});
