import { expect } from "chai";
import type { RoomVersionId } from "../../src/protocol/room-versions.ts";
import { stateKeyOf } from "../../src/protocol/state-resolution.ts";
import { ada, Branch, bo, cy, dee, ForkedRoom } from "./state-resolution/forked-room.ts";

const versions: RoomVersionId[] = ["6", "8", "10", "11", "12"];

/** Bo and Cy are in the room, Bo with this power level, and two branches go on from there. */
function fork(id: RoomVersionId, levels: Record<string, number> = { [bo]: 50 }) {
  const room = new ForkedRoom(id);
  room.start.member(bo, "join");
  room.start.member(cy, "join");
  room.start.levels(ada, levels);
  return { room, left: room.start.fork(), right: room.start.fork() };
}

for (const id of versions) {
  describe(`two branches of a room of version ${id} become one`, () => {
    it("with nothing to resolve, if they are the same", () => {
      const { room, left, right } = fork(id);
      const resolved = room.resolve(left, right);
      expect(resolved.hadConflicts).to.equal(false);
      expect(resolved.state).to.deep.equal(left.state);
    });

    it("topic race: the later one stays", () => {
      const { room, left, right } = fork(id);
      left.topic(ada, "Tea", { at: 5001 });
      right.topic(bo, "Coffee", { at: 5000 });
      expect(room.resolve(left, right).topicNow()).to.equal("Tea");
    });

    it("topic race at the same time: the greater id stays", () => {
      for (let round = 0; round < 5; round++) {
        const { room, left, right } = fork(id);
        const tea = left.topic(ada, `Tea ${round}`, { at: 5000 });
        const coffee = right.topic(bo, `Coffee ${round}`, { at: 5000 });
        const greater = [tea, coffee].sort()[1]!;
        expect(room.resolve(left, right).id("m.room.topic")).to.equal(greater);
      }
    });

    it("ban race: who has more power bans first, whatever the clocks say", () => {
      const { room, left, right } = fork(id);
      left.member(bo, "ban", ada, { at: 6000 });
      const revenge = right.member(cy, "ban", bo, { at: 5000 });
      const resolved = room.resolve(left, right);
      expect(resolved.membershipOf(bo)).to.equal("ban");
      expect(resolved.membershipOf(cy)).to.equal("join");
      expect(resolved.refusalOf(revenge)).to.equal("auth/sender-not-joined");
    });

    it("ban against invite, by equals: a ban is a power event and an invite is not", () => {
      const { room, left, right } = fork(id, { [bo]: 50, [cy]: 50 });
      left.member(dee, "ban", bo, { at: 9000 });
      const late = right.member(dee, "invite", cy, { at: 5000 });
      const resolved = room.resolve(left, right);
      expect(resolved.membershipOf(dee)).to.equal("ban");
      expect(resolved.refusalOf(late)).to.equal("auth/invite-to-member");
    });

    it("a ban stands against a topic of who is banned", () => {
      const { room, left, right } = fork(id);
      left.member(bo, "ban", ada);
      const topic = right.topic(bo, "Bo was here");
      const resolved = room.resolve(left, right);
      expect(resolved.topicNow()).to.equal(undefined);
      expect(resolved.refusalOf(topic)).to.equal("auth/sender-not-joined");
    });

    it("join against ban: the ban stands", () => {
      const { room, left, right } = fork(id);
      left.member(dee, "ban", ada, { at: 9000 });
      const join = right.member(dee, "join", dee, { at: 5000 });
      const resolved = room.resolve(left, right);
      expect(resolved.membershipOf(dee)).to.equal("ban");
      expect(resolved.refusalOf(join)).to.equal("auth/banned");
    });

    it("join against a closed door: the door is closed", () => {
      const { room, left, right } = fork(id);
      left.joinRule(ada, "invite", { at: 9000 });
      const join = right.member(dee, "join", dee, { at: 5000 });
      const resolved = room.resolve(left, right);
      expect(resolved.joinRuleNow()).to.equal("invite");
      expect(resolved.membershipOf(dee)).to.equal(undefined);
      expect(resolved.refusalOf(join)).to.equal("auth/join-needs-invite");
    });

    it("a kick is undone where anyone may join, by what who was kicked said meanwhile", () => {
      const { room, left, right } = fork(id);
      left.member(cy, "leave", ada, { at: 9000 });
      right.member(cy, "join", cy, { at: 5000, content: { membership: "join", displayname: "Cy!" } });
      expect(room.resolve(left, right).membershipOf(cy)).to.equal("join");
    });

    it("a kick holds where one has to be invited", () => {
      const { room, left, right } = fork(id);
      for (const branch of [left, right]) branch.state.set(key.joinRules, room.start.joinRule(ada, "invite"));
      left.joinRule(ada, "invite");
      left.member(cy, "leave", ada, { at: 9000 });
      const rename = { content: { membership: "join", displayname: "Cy!" }, at: 5000 };
      const join = right.member(cy, "join", cy, rename);
      const resolved = room.resolve(left, right);
      expect(resolved.membershipOf(cy)).to.equal("leave");
      expect(resolved.refusalOf(join)).to.equal("auth/join-needs-invite");
    });

    it("everybody who joined is in", () => {
      const { room, left, right } = fork(id);
      left.member(dee, "join");
      right.member("@eve:eve.example", "join");
      const resolved = room.resolve(left, right);
      expect(resolved.membershipOf(dee)).to.equal("join");
      expect(resolved.membershipOf("@eve:eve.example")).to.equal("join");
    });

    it("power level race: what was allowed before is not, once power is lost", () => {
      const { room, left, right } = fork(id);
      left.levels(ada, { [bo]: 0 }, { at: 9000 });
      const raise = right.levels(bo, { [cy]: 50 }, { at: 5000 });
      const resolved = room.resolve(left, right);
      expect(resolved.levelOf(bo)).to.equal(0);
      expect(resolved.levelOf(cy)).to.equal(undefined);
      expect(resolved.refusalOf(raise)).to.equal("auth/event-needs-power");
    });

    it("power level race: the weaker may not take back what the stronger gave", () => {
      const { room, left, right } = fork(id);
      left.levels(ada, { [cy]: 60 });
      const own = right.levels(bo, { [dee]: 10 });
      const resolved = room.resolve(left, right);
      expect(resolved.levelOf(cy)).to.equal(60);
      expect(resolved.levelOf(dee)).to.equal(undefined);
      expect(resolved.refusalOf(own)).to.equal("auth/power-levels-user-too-high");
    });

    it("power level race: where both are allowed, the weaker comes last and stays", () => {
      const { room, left, right } = fork(id);
      left.levels(ada, { [cy]: 20 });
      right.levels(bo, { [dee]: 10 });
      const resolved = room.resolve(left, right);
      expect(resolved.levelOf(cy)).to.equal(undefined);
      expect(resolved.levelOf(dee)).to.equal(10);
      expect(resolved.trace.powerEvents.map(({ level }) => level).slice(-1)).to.deep.equal([50]);
    });

    it("a topic does not survive that its sender lost the power for it", () => {
      const { room, left, right } = fork(id);
      left.levels(ada, { [bo]: 0 });
      const topic = right.topic(bo, "Bo's room", { at: 99_000 });
      const resolved = room.resolve(left, right);
      expect(resolved.topicNow()).to.equal(undefined);
      expect(resolved.refusalOf(topic)).to.equal("auth/event-needs-power");
    });

    it("who knew the newer power levels speaks later, whatever the clocks say", () => {
      const { room, left, right } = fork(id, { [bo]: 50, [cy]: 50 });
      left.levels(ada, { [dee]: 1 });
      left.levels(ada, { [dee]: 2 });
      const newer = left.topic(bo, "New", { at: 5000 });
      const older = right.topic(cy, "Old", { at: 99_000 });
      const resolved = room.resolve(left, right);
      expect(resolved.topicNow()).to.equal("New");
      const topics = resolved.trace.otherEvents.filter(({ event }) => event === newer || event === older);
      expect(topics).to.deep.equal([
        { event: older, position: 2 },
        { event: newer, position: 0 },
      ]);
      expect(
        resolved.trace.mainline.slice(0, 3).map((event) => room.pdu(event).content.users),
      ).to.have.length(3);
    });

    it("a chain of power levels that lost leads back to where the mainline left it", () => {
      const { room, left, right } = fork(id, { [bo]: 50, [cy]: 50 });
      const common = room.start.id("m.room.power_levels")!;
      for (const level of [1, 2, 3]) right.levels(bo, { [dee]: level });
      const lost = right.topic(cy, "Old", { at: 4000 });
      left.levels(ada, { [bo]: 0, [cy]: 100 });
      const kept = left.topic(cy, "New", { at: 3000 });
      const { trace } = room.resolve(left, right);
      expect(trace.mainline).to.deep.equal([left.id("m.room.power_levels"), common]);
      expect(trace.otherEvents).to.deep.equal([
        { event: lost, position: 1 },
        { event: kept, position: 0 },
      ]);
    });

    it("keeps what only one side has, if it is allowed", () => {
      const { room, left, right } = fork(id);
      left.topic(ada, "Tea");
      const odd = right.put({ type: "m.room.name", sender: cy, content: { name: "Cy's" } });
      const resolved = room.resolve(left, right);
      expect(resolved.topicNow()).to.equal("Tea");
      expect(resolved.id("m.room.name")).to.equal(undefined);
      expect(resolved.refusalOf(odd)).to.equal("auth/event-needs-power");
      const name = resolved.trace.outcome.find(({ type }) => type === "m.room.name");
      expect(name).to.deep.equal({ type: "m.room.name", stateKey: "", event: null });
    });

    it("takes everything from the one side, if the other knows nothing", () => {
      const { room, left } = fork(id);
      left.topic(ada, "Tea");
      const resolved = room.resolve(left, new Branch(room, new Map()));
      expect(resolved.state).to.deep.equal(left.state);
    });

    it("takes what a state lacks from the event's auth events", () => {
      const { room } = fork(id);
      const join = room.start.id("m.room.member", bo);
      // Both sides know by this that Bo joined, so that nobody disputes it.
      room.start.send({ type: "m.room.name", sender: bo, content: { name: "Bo's" } });
      const [left, right] = [room.start.fork(), room.start.fork()];
      const topic = left.topic(bo, "Tea");
      for (const branch of [left, right]) branch.state.delete(stateKeyOf("m.room.member", bo));
      const resolved = room.resolve(left, right);
      expect(resolved.topicNow()).to.equal("Tea");
      const check = resolved.trace.checks.find(({ event }) => event === topic)!;
      expect(check.fromAuthEvents).to.include(join);
    });

    it("takes nothing from auth events that were rejected", () => {
      const { room, left, right } = fork(id);
      const content = { membership: "join" };
      const join = left.put({ type: "m.room.member", sender: dee, stateKey: dee, content, rejected: true });
      const others = [key.powerLevels, ...(room.version.authEventsCiteCreate ? [key.create] : [])];
      const authEvents = [join, ...others.map((place) => room.start.state.get(place)!)];
      const names = [left, right].map((branch, index) => {
        const named = { content: { name: `Dee's ${index}` }, sender: dee, authEvents };
        return branch.put({ type: "m.room.name", ...named });
      });
      const resolved = room.resolve(left, right);
      expect(resolved.id("m.room.name")).to.equal(undefined);
      for (const name of names) expect(resolved.refusalOf(name)).to.equal("auth/sender-not-joined");
    });

    it("judges anew what was rejected by the state where it was sent", () => {
      const { room, left, right } = fork(id);
      const topic = right.put({
        type: "m.room.topic",
        sender: ada,
        content: { topic: "Tea" },
        rejected: true,
      });
      right.state.set(key.topic, topic);
      expect(room.resolve(left, right).topicNow()).to.equal("Tea");
    });

    it("many at once", () => {
      const { room } = fork(id);
      const branches = Array.from({ length: 70 }, (_, index) => {
        const branch = room.start.fork();
        branch.member(`@user${index}:server.example`, "join");
        branch.topic(ada, `Topic ${index}`);
        return branch;
      });
      const before = room.start.id("m.room.join_rules");
      const rule = branches[40]!.joinRule(ada, "invite");
      const resolved = room.resolve(...branches);
      expect(resolved.topicNow()).to.equal("Topic 69");
      expect(resolved.trace.powerEvents.map(({ event }) => event)).to.deep.equal([before, rule]);
      // The door was closed before anybody could come in.
      expect(resolved.membershipOf("@user3:server.example")).to.equal(undefined);
    });

    it("what follows a merge counts on it", () => {
      const { room, left, right } = fork(id);
      left.levels(ada, { [bo]: 0 });
      right.topic(bo, "Bo's room");
      const merged = room.resolve(left, right);
      merged.levels(ada, { [bo]: 50 });
      merged.topic(bo, "Bo's room again");
      expect(room.resolve(merged, right).topicNow()).to.equal("Bo's room again");
    });
  });
}

const key = {
  create: stateKeyOf("m.room.create", ""),
  powerLevels: stateKeyOf("m.room.power_levels", ""),
  joinRules: stateKeyOf("m.room.join_rules", ""),
  topic: stateKeyOf("m.room.topic", ""),
};

describe("restricted rooms become one", () => {
  for (const id of ["8", "10", "11", "12"] as const) {
    it(`and who was let in by someone without power is out in version ${id}`, () => {
      const { room, left, right } = fork(id);
      const restricted = room.start.joinRule(ada, "restricted");
      room.start.powerLevels(ada, { ...room.start.event("m.room.power_levels")!.content, invite: 50 });
      const branches = [left, right].map(() => room.start.fork()) as [Branch, Branch];
      branches[0].powerLevels(ada, { ...room.start.event("m.room.power_levels")!.content, invite: 60 });
      const content = { membership: "join", join_authorised_via_users_server: bo };
      const join = branches[1].member(dee, "join", dee, { content });
      const resolved = room.resolve(...branches);
      expect(resolved.id("m.room.join_rules")).to.equal(restricted);
      expect(resolved.membershipOf(dee)).to.equal(undefined);
      expect(resolved.refusalOf(join)).to.equal("auth/authoriser-powerless");
    });
  }
});

describe("power levels that are strings", () => {
  for (const id of ["6", "9"] as const) {
    it(`count in the order of power events in version ${id}`, () => {
      const { room } = fork(id);
      room.start.powerLevels(ada, { users: { [ada]: "100", [bo]: "60", [cy]: 55 } });
      const [left, right] = [room.start.fork(), room.start.fork()];
      const byBo = left.member(dee, "ban", bo, { at: 9000 });
      const byCy = right.member(dee, "ban", cy, { at: 5000 });
      const { trace } = room.resolve(left, right);
      expect(trace.powerEvents).to.deep.equal([
        { event: byBo, level: 60 },
        { event: byCy, level: 55 },
      ]);
    });
  }
});
