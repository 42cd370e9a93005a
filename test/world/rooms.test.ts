import { expect } from "chai";
import type { Action, ActionResult } from "../../src/world/action.ts";
import type { Condition } from "../../src/world/condition.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";
import { alone, person } from "./scenarios.ts";

/** You, Bo and Cy in one house, all with accounts. */
async function threePeople(): Promise<SimulatedWorld> {
  const at = "garden.example";
  const people = ["you", "bo", "cy"].map((id) => person(id, at, { account: id === "you" ? "zoe" : id }));
  return openTestWorld(alone({ people }));
}

describe("Rooms in a world", () => {
  let world: SimulatedWorld;

  async function done(action: Action): Promise<Extract<ActionResult, { ok: true }>> {
    const result = await world.act(action);
    expect(result, JSON.stringify(action)).to.have.property("ok", true);
    return result as Extract<ActionResult, { ok: true }>;
  }

  const refusal = async (action: Action) => {
    const result = await world.act(action);
    return result.ok ? undefined : result.refusal.code;
  };
  const soon = (condition: Condition) => until(world, condition);
  const holds = (condition: Condition) => isTrue(world, condition);

  beforeEach(async () => {
    world = await threePeople();
  });
  afterEach(closeWorlds);

  it("are found by who made them, and are then known by a role", async () => {
    const made: Condition = { type: "roomMade", person: "you", space: false, joinRule: "invite" };
    expect(holds(made)).to.equal(false);
    await done({ type: "createRoom", person: "bo", name: "Bo's" });
    await done({ type: "createRoom", person: "you", preset: "public_chat", name: "Open" });
    await soon({ type: "roomMade", person: "you", joinRule: "public" });
    expect(holds(made)).to.equal(false);
    await done({ type: "createRoom", person: "you", name: "Notes" });
    await soon(made);
    expect(holds({ type: "roomMade", person: "you", direct: true })).to.equal(false);
    await done({
      type: "createRoom",
      person: "you",
      preset: "trusted_private_chat",
      direct: true,
      invite: ["bo"],
    });
    await soon({ type: "roomMade", person: "you", direct: true });
  });

  it("are set, and every setting is seen", async () => {
    const room = "tea";
    await done({ type: "createRoom", person: "you", as: room, name: "Tea" });
    const by = { person: "you", room } as const;
    const settings: [action: Action, condition: Condition][] = [
      [
        { ...by, type: "setRoomName", name: "Green tea" },
        { type: "roomName", of: room, is: "green" },
      ],
      [
        { ...by, type: "setRoomTopic", topic: "Leaves" },
        { type: "roomTopic", of: room, is: "Leaves" },
      ],
      [
        { ...by, type: "setRoomJoinRule", rule: "knock" },
        { type: "joinRule", of: room, is: "knock" },
      ],
      [
        { ...by, type: "setRoomHistoryVisibility", visibility: "joined" },
        { type: "historyVisibility", of: room, is: ["joined", "invited"] },
      ],
      [
        { ...by, type: "setRoomAlias", alias: "green-tea" },
        { type: "roomAlias", of: room, is: "#green-tea:garden.example" },
      ],
      [
        { ...by, type: "setRoomPublished", published: true },
        { type: "published", of: room, is: true },
      ],
      [
        { ...by, type: "setPower", user: "bo", level: 50 },
        { type: "powerLevel", of: room, person: "bo", atLeast: 50, atMost: 50 },
      ],
      [
        { ...by, type: "setPermission", what: "m.room.name", level: 0 },
        { type: "powerLevel", of: room, person: "you", atLeast: 1000 },
      ],
    ];
    for (const [action, condition] of settings) {
      if (action.type !== "setPermission")
        expect(holds(condition), JSON.stringify(condition)).to.equal(false);
      await done(action);
      await soon(condition);
    }
    await done({ ...by, type: "setRoomPicture", file: { picture: "leaves" } });
    await soon({ type: "exchange", method: "PUT", path: "/state/m.room.avatar", status: 200 });
    await done({ type: "invite", person: "you", room, user: "cy" });
    await done({ type: "join", person: "cy", room });
    await done({ type: "setRoomName", person: "cy", room, name: "Cy's tea" });
    expect(await refusal({ type: "setRoomTopic", person: "cy", room, topic: "No" })).to.equal(
      "server/forbidden",
    );
    await done({ ...by, type: "setRoomAlias" });
    await soon({ type: "not", of: { type: "roomAlias", of: room } });
    await done({ type: "createRoom", person: "bo", as: "other", alias: "taken" });
    expect(await refusal({ ...by, type: "setRoomAlias", alias: "taken" })).to.equal("room/alias-taken");
  });

  it("are knocked at, and those who knock are let in or turned away", async () => {
    await done({ type: "createRoom", person: "you", as: "club", name: "Club" });
    expect(await refusal({ type: "knock", person: "bo", room: "club" })).to.equal("room/may-not-knock");
    await done({ type: "setRoomJoinRule", person: "you", room: "club", rule: "knock" });
    await done({ type: "knock", person: "bo", room: "club", reason: "It is raining" });
    await done({ type: "knock", person: "cy", room: "club" });
    await soon({ type: "member", of: "club", person: "bo", membership: "knock" });
    await done({ type: "invite", person: "you", room: "club", user: "bo" });
    await done({ type: "join", person: "bo", room: "club" });
    await done({ type: "kick", person: "you", room: "club", user: "cy" });
    await soon({ type: "member", of: "club", person: "cy", membership: "leave" });
    await done({ type: "ban", person: "you", room: "club", user: "bo", reason: "Wet shoes" });
    await soon({ type: "member", of: "club", person: "bo", membership: "ban" });
    await done({ type: "unban", person: "you", room: "club", user: "bo" });
    await soon({ type: "member", of: "club", person: "bo", membership: "leave" });
    await done({ type: "forget", person: "bo", room: "club" });
  });

  it("are found in the directory, in a space and by what was said in them", async () => {
    await done({
      type: "createRoom",
      person: "bo",
      as: "tea",
      name: "Tea",
      preset: "public_chat",
      published: true,
    });
    await done({ type: "createRoom", person: "bo", as: "chess", name: "Chess", preset: "public_chat" });
    await done({ type: "createSpace", person: "bo", as: "village", name: "Village", preset: "public_chat" });
    await soon({ type: "published", of: "tea", is: true });
    expect(holds({ type: "published", of: "chess", is: true })).to.equal(false);
    await done({ type: "searchDirectory", person: "you", term: "te" });
    await soon({ type: "found", person: "you", of: "tea", by: "directory" });
    expect(holds({ type: "found", person: "you", of: "chess" })).to.equal(false);
    expect(await refusal({ type: "searchDirectory", person: "you", server: "far.example" })).to.equal(
      "directory/out-of-reach",
    );
    await done({ type: "addToSpace", person: "bo", space: "village", room: "chess" });
    await soon({ type: "inSpace", of: "chess", space: "village" });
    await done({ type: "browseSpace", person: "you", space: "village" });
    await soon({ type: "found", person: "you", of: "chess", by: "space" });
    await done({ type: "removeFromSpace", person: "bo", space: "village", room: "chess" });
    await soon({ type: "not", of: { type: "inSpace", of: "chess", space: "village" } });
    await done({ type: "join", person: "you", room: "tea" });
    await done({ type: "send", person: "bo", in: "tea", text: "Earl Grey is best" });
    await soon({ type: "shown", person: "you", in: "tea" });
    await done({ type: "searchMessages", person: "you", text: "grey" });
    await soon({ type: "found", person: "you", of: "tea", by: "search" });
  });

  it("let in members of a space, and move on", async () => {
    await done({ type: "createSpace", person: "you", as: "home", name: "Home", invite: ["bo"] });
    await done({
      type: "createRoom",
      person: "you",
      as: "kitchen",
      name: "Kitchen",
      joinRule: "restricted",
      space: "home",
    });
    await soon({ type: "inSpace", of: "kitchen", space: "home" });
    expect(await refusal({ type: "join", person: "bo", room: "kitchen" })).to.equal("room/not-invited");
    await done({ type: "join", person: "bo", room: "home" });
    await done({ type: "join", person: "bo", room: "kitchen" });
    expect(await refusal({ type: "join", person: "cy", room: "kitchen" })).to.equal("room/not-invited");
    await done({ type: "createRoom", person: "you", as: "old", name: "Old", roomVersion: "10" });
    await done({ type: "upgradeRoom", person: "you", room: "old", version: "12", as: "new" });
    await soon({ type: "upgraded", of: "old" });
    await soon({ type: "member", of: "new", person: "you", membership: "join" });
  });

  it("hear requests that were written by hand", async () => {
    const request = { type: "request", person: "bo", method: "GET" } as const;
    const { exchange } = await done({ ...request, path: "/_matrix/client/v3/account/whoami" });
    const [entry] = world.log
      .entries()
      .filter((each) => each.type === "exchange-back" && each.exchange === exchange);
    expect(entry).to.have.nested.property("response.status", 200);
    expect(await refusal({ ...request, path: "https://far.example/" })).to.equal("request/bad-path");
    expect(await refusal({ ...request, path: "//far.example/" })).to.equal("request/bad-path");
    await done({ ...request, method: "POST", path: "/_matrix/client/v3/createRoom", body: "{" });
    await soon({ type: "exchange", from: "bo", path: "/createRoom", errcode: "M_NOT_JSON" });
  });
});
