import { expect } from "chai";
import fc from "fast-check";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

const algorithm = "m.megolm_backup.v1.curve25519-aes-sha2";
const authData = { public_key: "abc" };

function key(index: number, { verified = false, forwarded = 0, n = index } = {}): JsonObject {
  return {
    first_message_index: index,
    forwarded_count: forwarded,
    is_verified: verified,
    session_data: { ciphertext: String(n), ephemeral: "e", mac: "m" },
  };
}

async function someone(): Promise<TestUser> {
  return (await TestServer.start()).user("ada");
}

async function newVersion(ada: TestUser): Promise<string> {
  return String((await ada.done("POST", "v3/room_keys/version", { algorithm, auth_data: authData })).version);
}

describe("a key backup", () => {
  it("has versions, of which only the newest is written to", async () => {
    const ada = await someone();
    expect((await ada.call("GET", "v3/room_keys/version")).body.errcode).to.equal("M_NOT_FOUND");
    const first = await newVersion(ada);
    const second = await newVersion(ada);
    const current = await ada.done("GET", "v3/room_keys/version");
    expect(current).to.deep.equal({ algorithm, auth_data: authData, version: second, count: 0, etag: "0" });
    expect((await ada.done("GET", `v3/room_keys/version/${first}`)).version).to.equal(first);
    const old = await ada.call("PUT", `v3/room_keys/keys/!a/s?version=${first}`, key(1));
    expect([old.status, old.body.errcode, old.body.current_version]).to.deep.equal([
      403,
      "M_WRONG_ROOM_KEYS_VERSION",
      second,
    ]);
    expect((await ada.call("PUT", "v3/room_keys/keys/!a/s?version=9", key(1))).status).to.equal(404);
    expect((await ada.call("PUT", "v3/room_keys/keys/!a/s", key(1))).body.errcode).to.equal(
      "M_MISSING_PARAM",
    );
    await ada.done("DELETE", `v3/room_keys/version/${second}`);
    await ada.done("DELETE", `v3/room_keys/version/${second}`);
    expect((await ada.call("DELETE", "v3/room_keys/version/9")).body.errcode).to.equal("M_NOT_FOUND");
    expect((await ada.call("GET", `v3/room_keys/version/${second}`)).status).to.equal(404);
    expect((await ada.call("GET", `v3/room_keys/keys?version=${second}`)).status).to.equal(404);
    expect((await ada.done("GET", "v3/room_keys/version")).version).to.equal(first);
    expect(await newVersion(ada)).to.equal("3");
  });

  it("takes other data about how it is signed, and no other algorithm", async () => {
    const ada = await someone();
    const version = await newVersion(ada);
    const path = `v3/room_keys/version/${version}`;
    await ada.done("PUT", path, { algorithm, auth_data: { public_key: "new" }, version });
    await ada.done("PUT", path, { algorithm, auth_data: { public_key: "newer" } });
    expect((await ada.done("GET", path)).auth_data).to.deep.equal({ public_key: "newer" });
    const wrong = [
      { algorithm: "m.other", auth_data: authData },
      { algorithm, auth_data: authData, version: "7" },
    ];
    for (const body of wrong) {
      const answer = await ada.call("PUT", path, body);
      expect([answer.status, answer.body.errcode]).to.deep.equal([400, "M_INVALID_PARAM"]);
    }
    expect(
      (await ada.call("PUT", "v3/room_keys/version/7", { algorithm, auth_data: authData })).status,
    ).to.equal(404);
  });

  it("keeps keys by room and session, and counts them", async () => {
    const ada = await someone();
    const query = `version=${await newVersion(ada)}`;
    const rooms = { "!a:x": { sessions: { s1: key(1), s2: key(2) } }, "!b:x": { sessions: { s1: key(3) } } };
    const all = await ada.done("PUT", `v3/room_keys/keys?${query}`, { rooms });
    expect(all).to.deep.equal({ etag: "1", count: 3 });
    expect(await ada.done("PUT", `v3/room_keys/keys?${query}`, { rooms })).to.deep.equal(all);
    const room = await ada.done("PUT", `v3/room_keys/keys/!b:x?${query}`, { sessions: { s2: key(4) } });
    expect(room).to.deep.equal({ etag: "2", count: 4 });
    expect(await ada.done("PUT", `v3/room_keys/keys/!c:x/s?${query}`, key(5))).to.deep.equal({
      etag: "3",
      count: 5,
    });
    ada.server = await ada.server.restarted();
    expect(await ada.done("GET", `v3/room_keys/keys?${query}`)).to.deep.equal({
      rooms: {
        "!a:x": rooms["!a:x"],
        "!b:x": { sessions: { s1: key(3), s2: key(4) } },
        "!c:x": { sessions: { s: key(5) } },
      },
    });
    expect(await ada.done("GET", `v3/room_keys/keys/!b:x?${query}`)).to.deep.equal({
      sessions: { s1: key(3), s2: key(4) },
    });
    expect(await ada.done("GET", `v3/room_keys/keys/!none:x?${query}`)).to.deep.equal({ sessions: {} });
    expect(await ada.done("GET", `v3/room_keys/keys/!a:x/s2?${query}`)).to.deep.equal(key(2));
    expect((await ada.call("GET", `v3/room_keys/keys/!a:x/s9?${query}`)).body.errcode).to.equal(
      "M_NOT_FOUND",
    );
    const count = async (path: string) =>
      (await ada.done("DELETE", `v3/room_keys/keys${path}?${query}`)).count;
    expect(await count("/!a:x/s1")).to.equal(4);
    expect(await count("/!b:x")).to.equal(2);
    expect(await count("")).to.equal(0);
    expect(await ada.done("GET", `v3/room_keys/keys?${query}`)).to.deep.equal({ rooms: {} });
  });

  it("refuses what is no key", async () => {
    const ada = await someone();
    const path = `v3/room_keys/keys/!a:x/s?version=${await newVersion(ada)}`;
    for (const change of [
      { first_message_index: "1" },
      { forwarded_count: 1.5 },
      { is_verified: "yes" },
      { session_data: "text" },
    ]) {
      expect((await ada.call("PUT", path, { ...key(1), ...change } as JsonObject)).status).to.equal(400);
    }
  });

  it("keeps the better of two keys of a session, in whatever order they come", async () => {
    const arbitrary = fc.record({ index: fc.nat(3), verified: fc.boolean(), forwarded: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { minLength: 1, maxLength: 8 }), async (uploads) => {
        const ada = await someone();
        const path = `v3/room_keys/keys/!a:x/s?version=${await newVersion(ada)}`;
        for (const [n, { index, ...rest }] of uploads.entries()) {
          await ada.done("PUT", path, key(index, { ...rest, n }));
        }
        const best = uploads
          .map((upload, n) => ({ ...upload, n }))
          .sort(
            (a, b) =>
              Number(b.verified) - Number(a.verified) ||
              a.index - b.index ||
              a.forwarded - b.forwarded ||
              a.n - b.n,
          )[0]!;
        expect(await ada.done("GET", path)).to.deep.equal(key(best.index, best));
      }),
      { numRuns: 40 },
    );
  });
});
