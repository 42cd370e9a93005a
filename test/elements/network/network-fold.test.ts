import { expect } from "chai";
import { networkFold, stillWaits } from "../../../src/elements/network/network-fold.ts";
import { moves, visibleFallen, wayOf } from "../../../src/elements/network/network-packets.ts";
import type { NetworkState } from "../../../src/elements/network/network-state.ts";
import { garden, harbor, MadeLog, twoHouses } from "../made-log.ts";

const send = "/_matrix/client/v3/rooms/!tea/send/m.room.message/1";

function fold(log: MadeLog): NetworkState {
  return log.entries.reduce(networkFold.step, networkFold.initial);
}

function scene(): MadeLog {
  return new MadeLog().server(garden, "leaf").server(harbor, "anchor").device("you/laptop", garden);
}

describe("the network's fold", () => {
  it("has an exchange on the line exactly while it is out or back", () => {
    const log = scene();
    const exchange = log.out("you/laptop", garden, "PUT", send, { latency: 100 });
    const out = fold(log).flights.get(String(exchange))!;
    expect(out.phase).to.equal("out");
    expect(wayOf(out, log.at + 50, false)).to.equal(0.5);
    log.held(exchange, 100);
    const held = fold(log);
    expect(held.flights.get(String(exchange))!.phase).to.equal("held");
    expect(moves(held, log.at + 10_000, 1)).to.equal(false);
    log.wait(30).back(exchange, { latency: 100 });
    const back = fold(log).flights.get(String(exchange))!;
    expect([back.phase, back.status, wayOf(back, log.at + 25, false)]).to.deep.equal(["back", 200, 0.75]);
    log.done(exchange, 100);
    expect(fold(log).flights.size).to.equal(0);
  });

  it("tells long polls, and the answers that bring news, from quiet requests", () => {
    const log = scene();
    const poll = log.out("you/laptop", garden, "GET", "/_matrix/client/v3/sync?since=s1&timeout=30000");
    log.held(poll);
    expect(fold(log).flights.get(String(poll))).to.include({ longPoll: true, story: false });
    const events = [{ type: "m.room.message", content: {} }];
    log.back(poll, { answer: { next_batch: "s2", rooms: { join: { "!tea": { timeline: { events } } } } } });
    expect(fold(log).flights.get(String(poll))!.story).to.equal(true);
  });

  it("leaves a failed packet where it stopped, for a while", () => {
    const log = scene();
    const exchange = log.out(garden, harbor, "PUT", "/_matrix/federation/v1/send/1", { latency: 100 });
    log.wait(30).add({ type: "exchange-failed", exchange, reason: "link-cut" });
    const state = fold(log);
    expect(state.flights.size).to.equal(0);
    expect(state.fallen[0]).to.include({ reason: "link-cut", progress: 0.3 });
    expect(visibleFallen(state, log.at + 1000, 1)).to.have.length(1);
    expect(visibleFallen(state, log.at + 60_000, 1)).to.have.length(0);
    expect(visibleFallen(state, log.at + 10_000, 10)).to.have.length(1);
    expect(visibleFallen(state, log.at + 1000, 0.1)).to.have.length(0);
  });

  it("shows nothing of a poll that its own client gave up", () => {
    const log = scene();
    const poll = log.out("you/laptop", garden, "GET", "/_matrix/client/v3/sync?timeout=30000");
    log.held(poll).add({ type: "exchange-failed", exchange: poll, reason: "aborted" });
    expect(fold(log).fallen).to.have.length(0);
  });

  it("knows rooms, their names, and what has not reached the other server", () => {
    const log = twoHouses();
    const room = "!tea-room-of-version-twelve";
    log.event([garden], room, 7, "m.room.message", "@you:garden.example", { body: "anyone there?" });
    const state = fold(log);
    const [here, there] = [state.rooms.get(garden)!.get(room)!, state.rooms.get(harbor)!.get(room)!];
    expect(here.alias).to.equal("#tea:garden.example");
    expect(here.members).to.deep.equal(["@you:garden.example", "@bo:harbor.example"]);
    expect(here.dots.map((dot) => stillWaits(state, garden, room, dot))).to.deep.equal([
      false,
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(there.dots.some((dot) => stillWaits(state, harbor, room, dot))).to.equal(false);
  });

  it("never changes a state that it gave before", () => {
    const log = scene();
    const exchange = log.out("you/laptop", garden, "PUT", send);
    const before = fold(log);
    const copy = structuredClone(before);
    log.held(exchange).back(exchange).done(exchange);
    log.entries.slice(-3).reduce(networkFold.step, before);
    expect(before).to.deep.equal(copy);
  });
});
