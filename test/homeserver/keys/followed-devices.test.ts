import { expect } from "chai";
import fc from "fast-check";
import { LinkedServers } from "../federation/linked-servers.ts";
import type { TestServer, TestUser } from "../test-server.ts";
import { CrossSigningSet, DeviceKeySet, queried } from "./test-keys.ts";

const act = fc.oneof(
  fc.record({ do: fc.constantFrom("login", "logout", "rename", "upload", "sign") }),
  fc.record({ do: fc.constantFrom("cut", "mend", "query", "leave", "join", "wait") }),
);

/** Bo, whose devices come and go at the harbor, and Ada, who follows them from the garden. */
async function scene() {
  const links = new LinkedServers();
  const [garden, harbor] = [await links.start("garden.example"), await links.start("harbor.example")];
  const [ada, bo] = [await garden.user("ada"), await harbor.user("bo")];
  const room = encodeURIComponent(await ada.createRoom({ preset: "public_chat" }));
  const join = () => bo.done("POST", `v3/join/${room}?via=garden.example`, {});
  await join();
  const leave = () => bo.done("POST", `v3/rooms/${room}/leave`);
  return { links, garden, harbor, ada, bo, join, leave };
}

/** Lets ten minutes pass: whatever waited is tried again. */
async function pass(servers: readonly TestServer[], links: LinkedServers): Promise<void> {
  for (const { clock } of servers) clock.advance(600_000);
  await links.rest();
}

/** Lets time pass until nothing is on its way between servers that reach each other. */
async function settle(servers: readonly TestServer[], links: LinkedServers): Promise<void> {
  for (let calm = 0; calm < 5; ) {
    const before = links.passed.length;
    await pass(servers, links);
    calm = links.passed.length === before ? calm + 1 : 0;
  }
}

describe("a device list that is followed", () => {
  it("is in the end as it is at home, whatever was cut in between", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 16 }), async (acts) => {
        const { links, garden, harbor, ada, bo, join, leave } = await scene();
        const signing = new CrossSigningSet(bo.id);
        await bo.done("POST", "v3/keys/device_signing/upload", signing.upload);
        const others: TestUser[] = [];
        let uploads = 0;
        let isIn = true;
        for (const { do: what } of acts) {
          const last = others.at(-1) ?? bo;
          if (what === "login") others.push(await bo.secondDevice());
          else if (what === "logout") await others.pop()?.done("POST", "v3/logout");
          else if (what === "rename")
            await bo.done("PUT", `v3/devices/${last.deviceId}`, { display_name: `${uploads++}` });
          else if (what === "upload") await new DeviceKeySet(last, String(uploads++)).upload();
          else if (what === "sign") {
            const key = (await queried(bo, bo.id)).device_keys![bo.id]![last.deviceId];
            const { unsigned: _, ...object } = (key ?? {}) as Record<string, never>;
            const body = { [bo.id]: { [last.deviceId]: signing.selfSigning.sign(object, bo.id) } };
            if (key) await bo.done("POST", "v3/keys/signatures/upload", body);
          } else if (what === "cut") links.away.add("garden.example").add("harbor.example");
          else if (what === "mend") links.away.clear();
          else if (what === "query") await queried(ada, bo.id);
          else if (what === "wait") await pass([garden, harbor], links);
          else if (what === "leave" && isIn && links.away.size === 0) {
            await leave();
            isIn = false;
          } else if (what === "join" && !isIn && links.away.size === 0) {
            await join();
            isIn = true;
          }
        }
        links.away.clear();
        await settle([garden, harbor], links);
        if (!isIn) await join();
        await settle([garden, harbor], links);
        const [seen, own] = [await queried(ada, bo.id), await queried(bo, bo.id)];
        for (const part of ["device_keys", "master_keys", "self_signing_keys", "failures"]) {
          expect(seen[part], part).to.deep.equal(own[part]);
        }
      }),
      { numRuns: 25 },
    );
  });
});
