import { expect } from "chai";
import fc from "fast-check";
import { TestServer, type TestUser } from "../test-server.ts";

async function pair() {
  const server = await TestServer.start();
  const bo = await server.user("bo");
  const room = encodeURIComponent(await bo.createRoom());
  return { server, bo, room };
}

/** Whatever comes, the answer is one of the specification's. */
async function isAnswered(user: TestUser, method: string, path: string, body?: string): Promise<void> {
  const request = new Request(`https://garden.example/_matrix/client/${path}`, {
    method,
    headers: { authorization: `Bearer ${user.token}` },
    ...(body !== undefined && { body }),
  });
  const response = await user.server.homeserver.fetch(request);
  expect(response.status, `${method} ${path}`).to.be.lessThan(500);
  if (response.status >= 400) expect((await response.json()).errcode).to.match(/^M_[A-Z_]+$/);
}

const token = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.constantFrom("s", "t", "h"), fc.nat(), fc.constantFrom("", "_"), fc.bigInt())
    .map((parts) => parts.join("")),
);
const filterPart = fc.dictionary(
  fc.constantFrom(
    "types",
    "not_types",
    "senders",
    "rooms",
    "limit",
    "contains_url",
    "lazy_load_members",
    "__proto__",
  ),
  fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.array(fc.string()), fc.jsonValue()),
);
const filter = fc.oneof(
  fc.string(),
  filterPart.map((part) => JSON.stringify(part)),
  fc
    .record({ timeline: filterPart, state: filterPart, ephemeral: filterPart })
    .map((room) => JSON.stringify({ room })),
  fc.array(fc.string()).map((event_fields) => JSON.stringify({ event_fields })),
);

describe("hostile input", () => {
  it("gets an error of the specification from sync and from pages, never a failure", async () => {
    const { bo, room } = await pair();
    await fc.assert(
      fc.asyncProperty(
        token,
        token,
        filter,
        fc.constantFrom("b", "f"),
        fc.nat(3),
        async (from, to, filter, dir, limit) => {
          await isAnswered(bo, "GET", `v3/sync?${new URLSearchParams({ since: from })}`);
          await isAnswered(bo, "GET", `v3/sync?${new URLSearchParams({ filter })}`);
          const page = new URLSearchParams({ dir, from, to, limit: String(limit), filter });
          await isAnswered(bo, "GET", `v3/rooms/${room}/messages?${page}`);
          await isAnswered(
            bo,
            "GET",
            `v3/rooms/${room}/messages?${new URLSearchParams({ dir, limit: String(limit) })}`,
          );
          await isAnswered(bo, "GET", `v3/rooms/${room}/members?${new URLSearchParams({ at: from })}`);
          await isAnswered(bo, "GET", `v1/rooms/${room}/threads?${new URLSearchParams({ from })}`);
          await isAnswered(bo, "GET", `v1/rooms/${room}/hierarchy?${new URLSearchParams({ from })}`);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("gets one for names and bodies of all kinds", async () => {
    const { bo, room } = await pair();
    const name = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("..", "%", "@", "!", "#:", "$\u0000"),
    );
    await fc.assert(
      fc.asyncProperty(name, name, fc.json(), async (one, other, body) => {
        const [a, b] = [one, other].map((text) => encodeURIComponent(text.toWellFormed()) || "x") as [
          string,
          string,
        ];
        await isAnswered(bo, "GET", `v3/rooms/${a}/event/${b}`);
        await isAnswered(bo, "POST", `v3/join/${a}`, body);
        await isAnswered(bo, "PUT", `v3/rooms/${room}/state/${a}/${b}`, body);
        await isAnswered(bo, "PUT", `v3/rooms/${room}/send/${a}/${b}`, body);
        await isAnswered(bo, "PUT", `v3/rooms/${room}/redact/${a}/${b}`, body);
        await isAnswered(bo, "POST", `v3/rooms/${room}/receipt/${a}/${b}`, body);
        await isAnswered(bo, "POST", `v3/rooms/${room}/invite`, body);
        await isAnswered(bo, "POST", "v3/createRoom", body);
        await isAnswered(bo, "GET", `v1/room_summary/${a}`);
        await isAnswered(bo, "GET", `${a}/${b}`);
      }),
      { numRuns: 100 },
    );
  });

  it("is read with paths that are not encoded as they should be", async () => {
    const { bo } = await pair();
    for (const path of [
      "v3/rooms/%/event/x",
      "v3/rooms/%ff/event/x",
      "v3//",
      "v3/rooms//state",
      "?",
      "v3/sync?filter=%",
    ]) {
      await isAnswered(bo, "GET", path);
    }
  });
});
