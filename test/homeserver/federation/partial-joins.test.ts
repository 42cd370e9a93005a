import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { MadeNetwork, type NetworkUser } from "./made-network.ts";

const joinPath = (room: string, ...via: string[]) =>
  `v3/join/${encodeURIComponent(room)}?${via.map((name) => `via=${name}.example`).join("&")}`;

async function three(roomVersion: "10" | "12" = "12", notaries: string[] = []) {
  const network = await MadeNetwork.start(["garden", "harbor", "tower"], { roomVersion, notaries });
  const [ada, bo, cy] = [
    await network.user("ada", "garden"),
    await network.user("bo", "harbor"),
    await network.user("cy", "tower"),
  ];
  return { network, ada, bo, cy };
}

async function agree(network: MadeNetwork, room: string, people: readonly NetworkUser[]) {
  await network.until("the same state", async () => {
    const states = await Promise.all(people.map(async (person) => JSON.stringify(await person.state(room))));
    return new Set(states).size === 1;
  });
}

describe("joins that meet with trouble", () => {
  it("try the next server when one is away, and learn its keys from one that knows them", async () => {
    const { network, ada, bo, cy } = await three("12", ["harbor.example"]);
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.join(room, "garden");
    await network.stop("garden");
    const joined = await cy.call("POST", joinPath(room, "nowhere", "garden", "harbor"), {});
    expect(joined.status).to.equal(200);
    await network.restart("garden");
    await cy.send(room, "here I am");
    await network.until("heard", async () => (await ada.texts(room)).length === 1);
    await agree(network, room, [ada, bo, cy]);
    await network.end();
  });

  it("end well though the answer to the join is lost", async () => {
    const { network, ada, bo } = await three();
    const room = await ada.createRoom({ preset: "public_chat" });
    let isCut = false;
    const joining = bo.call("POST", joinPath(room, "garden"), {}).catch(() => ({ status: 0, body: {} }));
    await network.until("the join is at the other server", () => {
      const sent = network.log.find(
        (entry) => entry.type === "exchange-out" && entry.request.url.includes("/send_join/"),
      );
      isCut = network.log.some(
        (entry) =>
          entry.type === "exchange-held" && sent?.type === "exchange-out" && entry.exchange === sent.exchange,
      );
      return isCut;
    });
    network.cut("garden", "harbor");
    expect((await joining).status).to.not.equal(200);
    await ada.send(room, "said while nobody here knew");
    network.cut("garden", "harbor", false);
    expect((await bo.join(room, "garden")).status).to.equal(200);
    await bo.send(room, "in at last");
    await network.until("heard", async () => (await ada.texts(room)).includes("in at last"));
    await agree(network, room, [ada, bo]);
    await network.end();
  });

  it("go on after a restart in the middle", async () => {
    const { network, ada, bo } = await three();
    const room = await ada.createRoom({ preset: "public_chat" });
    const joining = bo.call("POST", joinPath(room, "garden"), {}).catch(() => undefined);
    await network.until("the join is on its way", () =>
      network.log.some((entry) => entry.type === "exchange-out" && entry.request.url.includes("/send_join/")),
    );
    await network.wait(network.simulation.crashHost("harbor.example"));
    await joining;
    expect((await bo.join(room, "garden")).status).to.equal(200);
    await agree(network, room, [ada, bo]);
    await network.end();
  });

  it("join one room with two people at once", async () => {
    const { network, ada, bo } = await three();
    const dan = await network.user("dan", "harbor");
    const room = await ada.createRoom({ preset: "public_chat" });
    const both = await Promise.all([bo.join(room, "garden"), dan.join(room, "garden")]);
    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
    await agree(network, room, [ada, bo, dan]);
    await network.end();
  });

  it("ask a server that can tell who is in the other room", async () => {
    const { network, ada, bo, cy } = await three("10");
    const club = await ada.createRoom({ preset: "public_chat" });
    const rule = { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: club }] };
    const room = await ada.createRoom({ initial_state: [{ type: "m.room.join_rules", content: rule }] });
    await ada.act(room, "invite", { user_id: bo.id });
    await bo.join(room, "garden");
    await cy.join(club, "garden");
    // Harbor is not in the club: it cannot tell.
    const refused = await cy.call("POST", joinPath(room, "harbor"), {});
    expect(refused.body.errcode).to.equal("M_UNABLE_TO_AUTHORISE_JOIN");
    expect((await cy.call("POST", joinPath(room, "harbor", "garden"), {})).status).to.equal(200);
    await agree(network, room, [ada, bo, cy]);
    // Harbor's own user gets in by the other server too, though harbor is in the room.
    const dan = await network.user("dan", "harbor");
    await dan.join(club, "garden");
    expect((await dan.call("POST", joinPath(room, "garden"), {})).status).to.equal(200);
    await agree(network, room, [ada, bo, cy, dan]);
    await network.end();
  });

  it("are refused by a server that nobody there could let in by", async () => {
    const { network, ada, bo, cy } = await three("10");
    const club = await ada.createRoom({ preset: "public_chat" });
    for (const person of [bo, cy]) await person.join(club, "garden");
    const rule = { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: club }] };
    const levels = { invite: 50, users: { [ada.id]: 100 } };
    const room = await ada.createRoom({
      initial_state: [{ type: "m.room.join_rules", content: rule }],
      power_level_content_override: levels,
    });
    await bo.join(room, "garden");
    const refused = await cy.call("POST", joinPath(room, "harbor"), {});
    expect(refused.body.errcode).to.equal("M_UNABLE_TO_GRANT_JOIN");
    await network.end();
  });
});

describe("what passes", () => {
  it("is told to other servers: who types, has read, is there", async () => {
    const { network, ada, bo } = await three();
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.join(room, "garden");
    const event = await ada.send(room, "hello");
    await network.until("heard", async () => (await bo.texts(room)).length === 1);
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    await bo.done("PUT", `${path}/typing/${encodeURIComponent(bo.id)}`, { typing: true, timeout: 30_000 });
    await bo.done("POST", `${path}/receipt/m.read/${encodeURIComponent(event)}`, {});
    await bo.done("PUT", `v3/presence/${encodeURIComponent(bo.id)}/status`, {
      presence: "online",
      status_msg: "tea",
    });
    const seen = async () => {
      const sync = await ada.done("GET", "v3/sync");
      const { ephemeral } = (sync.rooms as { join: Record<string, { ephemeral: { events: JsonObject[] } }> })
        .join[room]!;
      const { events } = sync.presence as { events: JsonObject[] };
      const text = JSON.stringify([ephemeral.events, events.filter(({ sender }) => sender === bo.id)]);
      return [
        '"user_ids":["@bo:harbor.example"]',
        `"m.read":{"@bo:harbor.example"`,
        '"status_msg":"tea"',
      ].map((part) => text.includes(part));
    };
    await network.until("all three", async () => (await seen()).every(Boolean));
    await bo.done("PUT", `${path}/typing/${encodeURIComponent(bo.id)}`, { typing: false });
    await network.until("typing ends", async () => !(await seen())[0]);
    await network.end();
  });

  it("ends where it began, also at a server that was away in between", async () => {
    const { network, ada, bo } = await three();
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.join(room, "garden");
    const typing = `v3/rooms/${encodeURIComponent(room)}/typing/${encodeURIComponent(bo.id)}`;
    const typers = async () => {
      const { rooms } = await ada.done("GET", "v3/sync");
      return JSON.stringify(rooms).includes('"user_ids":["@bo:harbor.example"]');
    };
    network.cut("garden", "harbor");
    await bo.done("PUT", typing, { typing: true, timeout: 30_000 });
    await bo.done("PUT", typing, { typing: false });
    network.cut("garden", "harbor", false);
    await bo.send(room, "done");
    await network.until("heard", async () => (await ada.texts(room)).length === 1);
    await network.until("nobody types", async () => !(await typers()));
    await network.end();
  });
});
