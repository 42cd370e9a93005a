import { expect } from "chai";
import type { ShownEvent } from "../../src/client/client-fact.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { chatState } from "./chat-state.ts";
import { does, secretly } from "./encrypted-worlds.ts";
import { closeWorlds, openTestWorld, untilLog } from "./open-worlds.ts";

const marker = "where the treasure is";

/** The file that a device shows, once it does. */
async function fileOn(world: SimulatedWorld, host: string): Promise<ShownEvent> {
  const shown = (): ShownEvent | undefined =>
    chatState(world, host)
      .timelines.flatMap(([, events]) => events)
      .find(({ content }) => content.msgtype === "m.file");
  await untilLog(world, shown);
  return shown()!;
}

describe("A file in an encrypted room", () => {
  afterEach(closeWorlds);

  it("is opened by the other device, and is nothing to the server but bytes", async () => {
    const world = await openTestWorld(secretly());
    await does(world, {
      type: "sendFile",
      person: "you",
      in: "chat",
      name: "map.txt",
      file: { content: marker },
    });
    const shown = await fileOn(world, "bo/laptop");
    const file = shown.content.file as { url: string; key: { k: string } };
    expect(file.key.k, "the log has no key").to.equal("•••");
    const blob = await world.media("bo/laptop", file.url);
    expect(await blob?.text()).to.equal(marker);
    expect(blob?.type).to.match(/^text\/plain/);
    const uploaded = world.log
      .entries()
      .find((entry) => entry.type === "exchange-out" && entry.request.url.includes("/media/v3/upload"));
    const body = uploaded?.type === "exchange-out" ? uploaded.request.body : undefined;
    expect(new TextDecoder().decode(body as Uint8Array)).not.to.include(marker);
    expect(uploaded).to.have.nested.property("request.url").that.does.not.include("map");
  });

  it("is opened by its own sender before the room has it", async () => {
    const prepare = secretly().prepare.map((action) =>
      action.type === "createRoom" ? { ...action, preset: "private_chat" as const } : action,
    );
    const world = await openTestWorld(secretly({ prepare }));
    // Whoever may not write keeps what was refused, as whoever has no network does.
    await does(world, {
      type: "setPermission",
      person: "you",
      room: "chat",
      what: "events_default",
      level: 50,
    });
    const file = { content: marker };
    const sent = await world.act({ type: "sendFile", person: "bo", in: "chat", name: "map.txt", file });
    expect(sent).to.have.property("ok", false);
    const { url } = (await fileOn(world, "bo/laptop")).content.file as { url: string };
    const blob = await world.media("bo/laptop", url);
    expect(await blob?.text()).to.equal(marker);
  });
});
