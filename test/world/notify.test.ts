import { expect } from "chai";
import { chatFold } from "../../src/elements/chat/chat-fold.ts";
import type { Action } from "../../src/world/action.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { closeWorlds, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { alone, person } from "./scenarios.ts";

const password = "a b c d e f g";

describe("What one hears of rooms in a world", () => {
  let world: SimulatedWorld;

  beforeEach(async () => {
    world = await openTestWorld(
      alone({ people: [person("you", "garden.example"), person("bo", "garden.example", { account: "bo" })] }),
    );
    await act({ type: "signUp", person: "you", name: "zoe", password });
    await act({ type: "createRoom", person: "bo", as: "chat", name: "Tea", invite: ["you"] });
    await act({ type: "join", person: "you", room: "chat" });
    await act({ type: "openRoom", person: "you", room: null });
  });

  afterEach(closeWorlds);

  async function act(action: Action): Promise<void> {
    const result = await world.act(action);
    if (!result.ok) expect.fail(`${action.type}: ${JSON.stringify(result.refusal)}`);
  }

  const fold = chatFold("you/laptop");
  const chat = () => world.log.fold(fold);
  const tea = () => [...chat().rooms.values()].find(({ summary }) => summary?.name === "Tea")?.summary;

  /** Waits until the device shows it so. */
  function shows(look: () => unknown): Promise<void> {
    return untilLog(world, look, () => `${look}: ${JSON.stringify([tea(), [...chat().quiet]])}`);
  }

  async function say(text: string): Promise<void> {
    await act({ type: "send", person: "bo", in: "chat", text });
    await until(world, { type: "shown", person: "you", text });
  }

  it("is all, mentions or nothing, as the push rules say", async () => {
    await say("one");
    await shows(() => tea()?.unread === 1);
    await act({ type: "setRoomNotify", person: "you", room: "chat", notify: "mentions" });
    await shows(() => [...chat().quiet.values()].join() === "mentions");
    await act({ type: "markRoom", person: "you", room: "chat", unread: false });
    await shows(() => tea()?.unread === 0);
    await say("two");
    await act({ type: "send", person: "bo", in: "chat", text: "zoe?", mentions: ["you"] });
    await shows(() => tea()?.unread === 1 && tea()?.highlights === 1);
    await act({ type: "setRoomNotify", person: "you", room: "chat", notify: "mute" });
    await shows(() => [...chat().quiet.values()].join() === "mute");
    await act({ type: "setRoomNotify", person: "you", room: "chat", notify: "all" });
    await shows(() => chat().quiet.size === 0);
    await say("three");
    await shows(() => tea()?.unread === 2);
  });

  it("is read without being opened, and kept for later until it is", async () => {
    await say("one");
    await shows(() => tea()?.unread === 1);
    await act({ type: "markRoom", person: "you", room: "chat", unread: false });
    await shows(() => tea()?.unread === 0);
    expect(chat().openRoom).to.equal(null);
    await act({ type: "markRoom", person: "you", room: "chat", unread: true });
    await shows(() => tea()?.markedUnread);
    await act({ type: "openRoom", person: "you", room: tea()?.id ?? "" });
    await shows(() => tea()?.markedUnread === undefined);
  });
});
