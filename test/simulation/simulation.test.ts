import { expect } from "chai";
import fc from "fast-check";
import type { Signer } from "../../src/homeserver/ports.ts";
import { browserSigner } from "../../src/world/browser-signer.ts";
import { get, makeSimulation, post } from "./made-simulation.ts";

const versions = get("/_matrix/client/versions");
const register = (name: string) =>
  post("/_matrix/client/v3/register", {
    username: name,
    password: "a b c d e f g",
    auth: { type: "m.login.dummy" },
  });

describe("A simulation", () => {
  it("carries a request there and back, each way as long as the link takes", async () => {
    const { simulation, log, answered } = await makeSimulation();
    const { status } = await answered(versions);
    expect(status).to.equal(200);
    const phases = log.filter(({ type }) => type.startsWith("exchange-"));
    const began = phases[0]!.at;
    expect(phases.map(({ type, at }) => [type, at - began])).to.deep.equal([
      ["exchange-out", 0],
      ["exchange-held", 40],
      ["exchange-back", 40],
      ["exchange-done", 80],
    ]);
    await simulation.end();
  });

  it("tells of the hosts and links that there are", async () => {
    const { simulation, log } = await makeSimulation();
    expect(log.map(({ type }) => type)).to.deep.equal(["host-added", "host-added", "link-changed"]);
    expect(log[2]).to.deep.include({ between: ["you/laptop", "garden.example"], cut: false, latency: 40 });
    await simulation.end();
  });

  it("writes of a large file only the beginning into its log, and carries it whole", async () => {
    const { simulation, log, answered } = await makeSimulation();
    const registered = await answered(register("zoe"));
    const { access_token: token } = JSON.parse(String(registered.body)) as { access_token: string };
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
    const authorization: [string, string] = ["authorization", `Bearer ${token}`];
    const uploaded = await answered({
      method: "POST",
      url: "https://garden.example/_matrix/media/v3/upload",
      headers: [["content-type", "application/octet-stream"], authorization],
      body: bytes,
    });
    const { content_uri: uri } = JSON.parse(String(uploaded.body)) as { content_uri: string };
    const file = get(`/_matrix/client/v1/media/download/${uri.slice("mxc://".length)}`);
    const got = await answered({ ...file, headers: [authorization] });
    expect(got.body).to.deep.equal(bytes);
    const sent = log.findLast((entry) => entry.type === "exchange-out" && entry.request.method === "POST");
    const back = log.findLast(({ type }) => type === "exchange-back");
    const [request, response] = [
      (sent as { request: typeof file }).request,
      (back as { response: typeof got }).response,
    ];
    for (const { body, bodySize } of [request, response]) {
      expect(body).to.deep.equal(bytes.slice(0, 16_384));
      expect(bodySize).to.equal(100_000);
    }
    await simulation.end();
  });

  const failures: [
    reason: string,
    prepare: (simulation: Awaited<ReturnType<typeof makeSimulation>>) => unknown,
  ][] = [
    ["link-cut", ({ simulation }) => simulation.setLink("you/laptop", "garden.example", { cut: true })],
    ["lost", ({ simulation }) => simulation.setLink("garden.example", "you/laptop", { loss: 1 })],
    ["host-stopped", ({ simulation }) => simulation.stopHost("garden.example")],
  ];
  for (const [reason, prepare] of failures) {
    it(`fails a request with ${reason}`, async () => {
      const made = await makeSimulation();
      await prepare(made);
      const outcome = made.ask(versions);
      await made.ticker.pass(200);
      expect(await outcome).to.deep.equal({ failed: reason });
      await made.simulation.end();
    });
  }

  it("knows no host that there is not", async () => {
    const { simulation, ticker, ask } = await makeSimulation();
    const outcome = ask(get("/_matrix/client/versions", "nowhere.example"));
    await ticker.pass(200);
    expect(await outcome).to.deep.equal({ failed: "no-such-host" });
    await simulation.end();
  });

  it("loses what is on the line when it is cut", async () => {
    const { simulation, ticker, ask } = await makeSimulation();
    const outcome = ask(versions);
    await ticker.pass(20);
    simulation.setLink("you/laptop", "garden.example", { cut: true });
    expect(await outcome).to.deep.equal({ failed: "link-cut" });
    await simulation.end();
  });

  it("ends every exchange once, in its order, whatever happens to link and host", async () => {
    const happening = fc.oneof(
      fc.constant("ask" as const),
      fc.constantFrom("cut" as const, "mend" as const, "stop" as const, "start" as const, "crash" as const),
      fc.record({ latency: fc.integer({ min: 0, max: 150 }), loss: fc.constantFrom(0, 0.5) }),
    );
    const plan = fc.array(fc.tuple(happening, fc.integer({ min: 0, max: 120 })), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        const { simulation, ticker, log, ask } = await makeSimulation();
        const outcomes: Promise<unknown>[] = [];
        for (const [what, delay] of steps) {
          if (what === "ask") outcomes.push(ask(versions));
          else if (what === "stop") await simulation.stopHost("garden.example");
          else if (what === "start") await simulation.startHost("garden.example");
          else if (what === "crash") await simulation.crashHost("garden.example");
          else {
            const change = typeof what === "string" ? { cut: what === "cut" } : what;
            simulation.setLink("you/laptop", "garden.example", change);
          }
          await ticker.pass(delay);
        }
        for (let passed = 0; passed < 5; passed++) await ticker.pass(100);
        await Promise.all(outcomes);
        const phases = new Map<number, string[]>();
        for (const entry of log) {
          if (!("exchange" in entry)) continue;
          phases.set(entry.exchange, [...(phases.get(entry.exchange) ?? []), entry.type.slice(9)]);
        }
        expect(phases.size).to.equal(outcomes.length);
        for (const told of phases.values()) {
          expect(told.join(" ")).to.match(/^out( held)?( back)? failed$|^out held back done$/);
        }
        const times = log.map(({ at }) => at);
        expect(times).to.deep.equal(times.toSorted((one, other) => one - other));
        await simulation.end();
      }),
      { numRuns: 20 },
    );
  });

  it("starts a stopped homeserver again from what it had written", async () => {
    const { simulation, answered } = await makeSimulation();
    expect((await answered(register("zoe"))).status).to.equal(200);
    await simulation.stopHost("garden.example");
    expect(await simulation.startHost("garden.example")).to.equal(true);
    const { status, body } = await answered(register("zoe"));
    expect(status).to.equal(400);
    expect(JSON.parse(String(body))).to.include({ errcode: "M_USER_IN_USE" });
    await simulation.end();
  });

  it("loses in a crash what a homeserver had in hand, and keeps what it had written", async () => {
    const signer = await browserSigner();
    const gate = Promise.withResolvers<void>();
    let shut = false;
    const reached = Promise.withResolvers<void>();
    const sign: Signer["sign"] = async (...given) => {
      if (shut) {
        reached.resolve();
        await gate.promise;
      }
      return signer.sign(...given);
    };
    const { simulation, ticker, ask, answered } = await makeSimulation({}, { ...signer, sign });
    const { body } = await answered(register("zoe"));
    const { access_token: token } = JSON.parse(String(body));
    shut = true;
    const inHand = ask(post("/_matrix/client/v3/createRoom", {}, token));
    const passing = ticker.pass(60);
    await reached.promise;
    const crash = simulation.crashHost("garden.example");
    expect(await inHand).to.deep.equal({ failed: "host-stopped" });
    shut = false;
    gate.resolve();
    expect(await crash).to.equal(true);
    await passing;
    const rooms = get("/_matrix/client/v3/joined_rooms");
    const { status, body: joined } = await answered({
      ...rooms,
      headers: [["authorization", `Bearer ${token}`]],
    });
    expect([status, JSON.parse(String(joined))]).to.deep.equal([200, { joined_rooms: [] }]);
    expect(await simulation.crashHost("nowhere.example")).to.equal(false);
    await simulation.end();
  });

  it("tells of a cut link and a stopped host as they are, and of nothing before", async () => {
    const between: [string, string] = ["you/laptop", "garden.example"];
    const links = [{ between, cut: true, latency: 40, loss: 0 }];
    const { simulation, log } = await makeSimulation({ links, stopped: ["garden.example"] });
    const told = log.map((entry) => [
      entry.type,
      "running" in entry ? entry.running : undefined,
      "cut" in entry ? entry.cut : undefined,
    ]);
    expect(told).to.deep.equal([
      ["host-added", false, undefined],
      ["host-stopped", undefined, undefined],
      ["host-added", undefined, undefined],
      ["link-changed", undefined, true],
    ]);
    await simulation.end();
  });

  it("starts anew from a snapshot, as it was", async () => {
    const first = await makeSimulation();
    await first.answered(register("zoe"));
    first.simulation.setLink("you/laptop", "garden.example", { latency: 70 });
    const snapshot = await first.simulation.snapshot();
    await first.simulation.end();
    const second = await makeSimulation({ ...snapshot, announce: false });
    expect(second.log).to.deep.equal([]);
    const { status } = await second.answered(register("zoe"));
    expect(status).to.equal(400);
    const [out, held] = second.log;
    expect(held!.at - out!.at).to.equal(70);
    await second.simulation.end();
  });

  it("does the same again for the same seed, however fast machine and world are", async () => {
    const play = async (seed: string, speed: number, signer: Signer) => {
      const { simulation, log, answered } = await makeSimulation(
        { seed, clock: { at: 1_700_000_000_000, speed, running: true } },
        signer,
      );
      const { access_token: token } = JSON.parse(String((await answered(register("zoe"))).body)) as {
        access_token: string;
      };
      await answered(post("/_matrix/client/v3/createRoom", { name: "Notes" }, token));
      await simulation.end();
      return log.filter(({ type }) => type === "host-fact" || type === "exchange-back");
    };
    const signer = await browserSigner();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), async (seed) => {
        const shape = (log: Awaited<ReturnType<typeof play>>) =>
          log.map((entry) => (entry.type === "host-fact" ? entry.fact.type : entry.type));
        const [one, other] = [await play(seed, 1, signer), await play(seed, 1, slow(signer))];
        expect(one).to.deep.equal(other);
        expect(shape(await play(seed, 10, signer))).to.deep.equal(shape(one));
        expect(await play(`${seed}!`, 1, signer)).not.to.deep.equal(one);
      }),
      { numRuns: 3 },
    );
  });
});

/** Takes its time, and finishes later what it was asked earlier. */
function slow(signer: Signer): Signer {
  let asked = 0;
  const later = async <Result>(work: Promise<Result>): Promise<Result> => {
    const delay = 5 - (asked++ % 5);
    await new Promise((resolve) => setTimeout(resolve, delay));
    return work;
  };
  return {
    publicKey: (seed) => later(signer.publicKey(seed)),
    sign: (seed, message) => later(signer.sign(seed, message)),
    verify: (key, message, signature) => later(signer.verify(key, message, signature)),
  };
}
