import { expect } from "chai";
import fc from "fast-check";
import { TestServer } from "../test-server.ts";
import { claimed, DeviceKeySet } from "./test-keys.ts";

describe("one-time keys", () => {
  it("are given out once each, in the order of their uploads, and then the fallback key", async () => {
    const server = await TestServer.start();
    const [ada, bo] = [await server.user("ada"), await server.user("bo")];
    const keys = new DeviceKeySet(ada);
    await keys.upload({ one_time_keys: keys.oneTimeKeys("Z") });
    await keys.upload({ one_time_keys: keys.oneTimeKeys("A"), fallback_keys: keys.fallbackKey("F") });
    const before = await ada.sync();
    expect(before.device_one_time_keys_count).to.deep.equal({ signed_curve25519: 2 });
    expect(before.device_unused_fallback_key_types).to.deep.equal(["signed_curve25519"]);
    expect(await claimed(bo, ada)).to.deep.equal(["signed_curve25519:Z"]);
    ada.server = await server.restarted();
    bo.server = ada.server;
    expect(await claimed(bo, ada)).to.deep.equal(["signed_curve25519:A"]);
    expect((await ada.sync()).device_unused_fallback_key_types).to.deep.equal(["signed_curve25519"]);
    expect(await claimed(bo, ada)).to.deep.equal(["signed_curve25519:F"]);
    expect(await claimed(bo, ada)).to.deep.equal(["signed_curve25519:F"]);
    const after = await ada.sync();
    expect(after.device_one_time_keys_count).to.deep.equal({ signed_curve25519: 0 });
    expect(after.device_unused_fallback_key_types).to.deep.equal([]);
    // The same fallback key again has been used already; another has not.
    await keys.upload({ fallback_keys: keys.fallbackKey("F") });
    expect((await ada.sync()).device_unused_fallback_key_types).to.deep.equal([]);
    await keys.upload({ fallback_keys: keys.fallbackKey("G") });
    expect((await ada.sync()).device_unused_fallback_key_types).to.deep.equal(["signed_curve25519"]);
    expect(await claimed(bo, ada)).to.deep.equal(["signed_curve25519:G"]);
    expect(await claimed(bo, ada, "m.unknown")).to.deep.equal([]);
    const claims = bo.server.ports.facts.filter(({ type }) => type === "one-time-key-claimed");
    expect(claims.at(-1)).to.include({
      user: ada.id,
      key: "signed_curve25519:G",
      by: bo.id,
      isFallback: true,
    });
  });

  it("never go to two, whoever claims at the same time", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }),
        fc.integer({ min: 0, max: 12 }),
        async (uploads, claims) => {
          const server = await TestServer.start();
          const [ada, bo] = [await server.user("ada"), await server.user("bo")];
          const keys = new DeviceKeySet(ada);
          const order: string[][] = [];
          for (const [round, count] of uploads.entries()) {
            const names = Array.from({ length: count }, (_, index) => `${round}-${index}`);
            order.push(names.map((name) => `signed_curve25519:${name}`));
            await keys.upload({ one_time_keys: keys.oneTimeKeys(...names) });
          }
          const given = (await Promise.all(Array.from({ length: claims }, () => claimed(bo, ada)))).flat();
          expect(new Set(given).size).to.equal(given.length);
          expect(given.length).to.equal(Math.min(claims, order.flat().length));
          const rounds = given.map((id) => order.findIndex((names) => names.includes(id)));
          expect(rounds).to.deep.equal([...rounds].sort((a, b) => a - b));
        },
      ),
      { numRuns: 25 },
    );
  });
});
