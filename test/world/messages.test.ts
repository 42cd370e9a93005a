import { expect } from "chai";
import type { ShownEvent } from "../../src/client/client-fact.ts";
import { holdFile } from "../../src/client/picked-files.ts";
import type { Action } from "../../src/world/action.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { chatState } from "./chat-state.ts";
import { closeWorlds, isTrue, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { alone, person } from "./scenarios.ts";

const password = "a b c d e f g";

describe("Messages in a world", () => {
  let world: SimulatedWorld;

  /** You and Bo in a room, where Bo has asked for tea. */
  beforeEach(async () => {
    world = await openTestWorld(
      alone({ people: [person("you", "garden.example"), person("bo", "garden.example", { account: "bo" })] }),
    );
    await act({ type: "signUp", person: "you", name: "zoe", password });
    await act({ type: "createRoom", person: "bo", as: "chat", name: "Tea", invite: ["you"] });
    await act({ type: "join", person: "you", room: "chat" });
    await act({ type: "send", person: "bo", in: "chat", text: "Who wants tea?" });
    await until(world, { type: "shown", person: "you", text: "tea" });
  });

  afterEach(closeWorlds);

  async function act(action: Action) {
    const result = await world.act(action);
    if (!result.ok) expect.fail(`${action.type}: ${JSON.stringify(result.refusal)}`);
    return result;
  }

  const events = (host: string): ShownEvent[] => chatState(world, host).timelines.flatMap(([, all]) => all);
  const saying = (host: string, text: string): ShownEvent | undefined =>
    events(host).find(({ content }) => String(content.body).includes(text));

  /** Waits until the device shows it so. */
  function shows(host: string, look: () => unknown): Promise<void> {
    return untilLog(world, look, () => `${host} shows ${JSON.stringify(events(host), undefined, 1)}`);
  }

  it("answer one another, and name whom they are for", async () => {
    await act({
      type: "send",
      person: "you",
      in: "chat",
      replyTo: { from: "bo", text: "TEA" },
      text: "I do",
    });
    await until(world, { type: "reply", in: "chat", from: "you", to: "bo", text: "i do" });
    await shows("bo/laptop", () => saying("bo/laptop", "I do")?.replyTo);
    const answer = saying("bo/laptop", "I do");
    expect(answer?.replyTo).to.equal(saying("bo/laptop", "tea")?.id);
    expect(answer?.content["m.mentions"]).to.deep.equal({ user_ids: ["@bo:garden.example"] });
    expect(isTrue(world, { type: "reply", from: "bo" })).to.equal(false);
    const unknown = await world.act({
      type: "send",
      person: "you",
      in: "chat",
      replyTo: { text: "coffee" },
      text: "?",
    });
    expect(unknown).to.have.nested.property("refusal.code", "act/unknown-event");
  });

  it("name people, with formatting beside the plain words", async () => {
    await act({
      type: "send",
      person: "you",
      in: "chat",
      text: "Bo: **please**",
      html: "Bo: <strong>please</strong>",
      mentions: ["bo"],
    });
    await shows("bo/laptop", () => saying("bo/laptop", "please"));
    const { content } = saying("bo/laptop", "please")!;
    expect(content).to.include({
      format: "org.matrix.custom.html",
      formatted_body: "Bo: <strong>please</strong>",
    });
    expect(content["m.mentions"]).to.deep.equal({ user_ids: ["@bo:garden.example"] });
    await shows("bo/laptop", () => chatState(world, "bo/laptop").rooms[0]?.highlights === 1);
  });

  it("get reactions, each once a person, that can be taken back", async () => {
    const tea = { from: "bo", text: "tea" };
    await act({ type: "react", person: "you", in: "chat", event: tea, key: "🍵" });
    await act({ type: "react", person: "you", in: "chat", event: tea, key: "🍵" });
    await act({ type: "react", person: "bo", in: "chat", event: tea, key: "🍵" });
    const reaction = { type: "reaction", in: "chat", to: "bo", key: "🍵" } as const;
    await until(world, { ...reaction, from: "you" });
    await shows("you/laptop", () => saying("you/laptop", "tea")?.reactions?.[0]?.senders.length === 2);
    await act({ type: "react", person: "you", in: "chat", event: tea, key: "🍵", remove: true });
    await shows("bo/laptop", () => saying("bo/laptop", "tea")?.reactions?.[0]?.senders.length === 1);
    await shows("you/laptop", () => saying("you/laptop", "tea")?.reactions?.[0]?.senders.length === 1);
    expect(isTrue(world, { ...reaction, from: "you" })).to.equal(false);
    expect(isTrue(world, { ...reaction, from: "bo" })).to.equal(true);
    expect(saying("bo/laptop", "tea")?.reactions).to.deep.equal([
      { key: "🍵", senders: ["@bo:garden.example"] },
    ]);
  });

  it("are edited by their writers, and keep what they have said", async () => {
    const tea = { from: "bo", text: "tea" };
    await act({ type: "edit", person: "bo", in: "chat", event: tea, text: "Who wants coffee?" });
    await until(world, { type: "edited", in: "chat", from: "bo", text: "coffee" });
    await shows("you/laptop", () => saying("you/laptop", "coffee")?.edited);
    const { id } = saying("you/laptop", "coffee")!;
    await act({ type: "edit", person: "bo", in: "chat", event: id, text: "Who wants cake?" });
    await shows("you/laptop", () => saying("you/laptop", "cake"));
    expect(saying("you/laptop", "coffee"), "one message, not two").to.equal(undefined);
    await act({ type: "listEdits", person: "you", in: "chat", event: id });
    const told = world.log
      .entries()
      .flatMap((entry) => (entry.type === "client-fact" && entry.fact.type === "edits" ? [entry.fact] : []))
      .at(-1);
    const versions = told?.versions as { content: { body: string } }[];
    expect(versions.map(({ content }) => content.body)).to.deep.equal([
      "Who wants tea?",
      "Who wants coffee?",
      "Who wants cake?",
    ]);
  });

  it("are deleted with a reason", async () => {
    await act({ type: "redact", person: "bo", in: "chat", event: { from: "bo" }, reason: "wrong room" });
    await until(world, { type: "redacted", in: "chat", from: "bo", to: "bo" });
    await shows("you/laptop", () => events("you/laptop").some(({ redacted }) => redacted));
    expect(events("you/laptop").find(({ redacted }) => redacted)?.redacted).to.deep.equal({
      by: "@bo:garden.example",
      reason: "wrong room",
    });
  });

  it("go into threads, which are counted at their root and read on their own", async () => {
    const tea = { from: "bo", text: "who wants" };
    await act({ type: "send", person: "you", in: "chat", thread: tea, text: "Which kinds are there?" });
    await until(world, { type: "thread", in: "chat", from: "you", to: "bo" });
    await shows("bo/laptop", () => saying("bo/laptop", "Which kinds")?.thread);
    await act({ type: "send", person: "bo", in: "chat", thread: tea, text: "Mint and Earl Grey" });
    await act({
      type: "send",
      person: "bo",
      in: "chat",
      thread: tea,
      replyTo: { from: "you", text: "kinds" },
      text: "And nettle",
    });
    await shows("you/laptop", () => saying("you/laptop", "nettle"));
    const root = () => saying("you/laptop", "Who wants")!;
    await shows("you/laptop", () => root().began?.count === 3 && root().began?.unread === 2);
    expect(root().began?.latest).to.include({ sender: "@bo:garden.example", text: "And nettle" });
    expect(saying("you/laptop", "Mint")).to.include({ thread: root().id }).and.not.have.property("replyTo");
    expect(saying("you/laptop", "nettle")?.replyTo).to.equal(saying("you/laptop", "kinds")?.id);
    const room = () => chatState(world, "you/laptop").rooms[0]!;
    await act({ type: "markRead", person: "you", in: "chat", event: root().id });
    expect(root().began?.unread, "the thread has not been looked at").to.equal(2);
    await act({ type: "markRead", person: "you", in: "chat", event: saying("you/laptop", "nettle")!.id });
    await shows("you/laptop", () => root().began?.unread === 0 && room().unread === 0);
    const inThread = () =>
      events("you/laptop")
        .filter(({ thread }) => thread)
        .map(({ content }) => content.body);
    expect(inThread()).to.deep.equal(["Which kinds are there?", "Mint and Earl Grey", "And nettle"]);
  });

  it("show threads on a device that comes later", async () => {
    for (let number = 0; number < 30; number += 1) {
      const thread = { from: "bo", text: "who wants" };
      await act({ type: "send", person: "you", in: "chat", thread, text: `(${number})` });
    }
    await act({ type: "addDevice", person: "bo", device: "phone" });
    await act({
      type: "signIn",
      person: "bo",
      device: "phone",
      name: "bo",
      password: world.observation().passwords.bo ?? "",
    });
    await shows("bo/phone", () => saying("bo/phone", "Who wants")?.began?.count === 30);
    await shows("bo/phone", () => saying("bo/phone", "(29)"));
    await shows("bo/phone", () => saying("bo/phone", "(0)") ?? saying("bo/phone", "Who wants")?.began?.more);
    if (!saying("bo/phone", "(0)")) {
      await act({
        type: "loadOlder",
        person: "bo",
        device: "phone",
        in: "chat",
        thread: { text: "who wants" },
      });
    }
    await shows("bo/phone", () => saying("bo/phone", "(0)"));
    expect(
      events("bo/phone")
        .filter(({ thread }) => thread)
        .map(({ content }) => content.body),
    ).to.deep.equal(Array.from({ length: 30 }, (_, number) => `(${number})`));
  });

  it("carry pictures with thumbnails, and files", async () => {
    await act({
      type: "sendImage",
      person: "you",
      in: "chat",
      name: "garden.png",
      file: { picture: "garden" },
      text: "My garden",
    });
    await until(world, { type: "file", in: "chat", from: "you", kind: "image", name: "garden", text: "my" });
    await shows("bo/laptop", () => saying("bo/laptop", "My garden"));
    const { content } = saying("bo/laptop", "My garden")!;
    expect(content).to.include({ msgtype: "m.image", filename: "garden.png" });
    const info = content.info as { w: number; thumbnail_url: string; thumbnail_info: { w: number } };
    expect(info.w).to.equal(960);
    expect(info.thumbnail_info.w).to.equal(800);
    const picture = await world.media("bo/laptop", String(content.url));
    expect((await createImageBitmap(picture!)).width).to.equal(960);
    const small = await world.media("bo/laptop", info.thumbnail_url);
    expect((await createImageBitmap(small!)).width).to.equal(800);
    await act({
      type: "sendFile",
      person: "bo",
      in: "chat",
      name: "list.txt",
      file: { content: "tea, cake" },
    });
    await shows("you/laptop", () => saying("you/laptop", "list.txt"));
    const file = await world.media("you/laptop", String(saying("you/laptop", "list.txt")!.content.url));
    expect(await file?.text()).to.equal("tea, cake");
    const steps = world.log
      .entries()
      .flatMap((entry) =>
        entry.type === "client-fact" && entry.fact.type === "upload" ? [entry.fact.upload] : [],
      );
    expect(steps[0]).to.include({ name: "garden.png", loaded: 0, state: "looking" });
    expect(steps.at(-1)).to.equal(null);
  });

  it("refuse files that cannot be sent, with a sentence for each", async () => {
    const send = async (type: "sendImage" | "sendFile", file: File) => {
      const result = await world.act({
        type,
        person: "you",
        in: "chat",
        name: file.name,
        file: { picked: holdFile(file) },
      });
      return result.ok ? undefined : result.refusal.code;
    };
    expect(await send("sendFile", new File([], "empty.txt"))).to.equal("file/empty");
    const lying = new File(["<svg onload=alert(1)>"], "cat.png", { type: "image/png" });
    expect(await send("sendImage", lying)).to.equal("file/no-picture");
    expect(await send("sendFile", lying)).to.equal(undefined);
    const gone = await world.act({
      type: "sendFile",
      person: "you",
      in: "chat",
      name: "gone.txt",
      file: { picked: "file-0" },
    });
    expect(gone).to.have.nested.property("refusal.code", "file/gone");
    await act({ type: "cutLink", between: ["you", "garden.example"] });
    expect(await send("sendFile", new File(["x"], "x.txt"))).to.equal("network/link-cut");
  });

  it("of ignored people are hidden by choice", async () => {
    await act({ type: "ignore", person: "you", user: "bo", ignored: true });
    await until(world, { type: "ignored", person: "you", user: "bo" });
    await act({ type: "ignore", person: "you", user: "bo", ignored: false });
    await until(world, { type: "not", of: { type: "ignored", person: "you", user: "bo" } });
  });
});
