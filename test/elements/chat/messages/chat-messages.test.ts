import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import type { ClientFact, ShownEvent } from "../../../../src/client/client-fact.ts";
import { heldFile } from "../../../../src/client/picked-files.ts";
import "../../../../src/elements/chat/chat-parts.ts";
import "../../../../src/elements/chat/homeroom-chat.ts";
import type { HomeroomChat } from "../../../../src/elements/chat/homeroom-chat.ts";
import type { Action, ActionResult } from "../../../../src/world/action.ts";
import { drawPicture } from "../../../../src/world/actions/drawn-picture.ts";
import { expectAccessible } from "../../accessible.ts";
import { allText, byName, everything, focused, waitFor } from "../../deep.ts";
import { bindings, bo, chatState, cy, looks, room, said, signedIn, zoe } from "../chat-story.ts";

describe("Messages in a chat", () => {
  let place: HTMLElement;
  let chat: HomeroomChat;
  let acts: Action[];
  let facts: ClientFact[];
  let answer: (action: Action) => ActionResult | undefined;
  let media: (mxc: string) => Promise<Blob | undefined>;

  const done = <Type extends Action["type"]>(type: Type) =>
    acts.filter((action): action is Extract<Action, { type: Type }> => action.type === type);

  async function tell(...more: ClientFact[]): Promise<void> {
    facts = [...facts, ...more];
    chat.state = chatState(facts);
    for (let round = 0; round < 4; round += 1) {
      await chat.updateComplete;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  /** Tells an event anew, changed. */
  const changed = (id: string, change: Partial<ShownEvent>): ClientFact => {
    const event = chat.state.rooms.get("!chat")?.events.find((each) => each.id === id);
    return {
      type: "event",
      room: "!chat",
      place: "end",
      event: { ...(event ?? expect.fail(id)), ...change },
    };
  };

  beforeEach(async () => {
    acts = [];
    facts = [];
    answer = () => undefined;
    media = () => Promise.resolve(undefined);
    place = document.createElement("div");
    place.style.cssText = "inline-size: 331px; block-size: 620px";
    chat = document.createElement("homeroom-chat");
    Object.assign(chat, { host: "you/laptop", person: "You", server: "garden.example", looks, bindings });
    chat.addEventListener("homeroom-act", (event) => {
      acts.push(event.action);
      event.result = Promise.resolve(answer(event.action) ?? { ok: true });
    });
    chat.addEventListener("homeroom-media", (event) => {
      event.result = media(event.mxc);
    });
    place.append(chat);
    document.body.append(place);
    await tell(
      signedIn,
      room("!chat", "Tea", { joined: 3 }),
      {
        type: "members",
        room: "!chat",
        members: [zoe, bo, cy].map((user) => ({
          user,
          name: user === bo ? "Bo" : user === cy ? "Cy" : "Zoe",
          membership: "join" as const,
          power: 0,
        })),
      },
      said("!chat", bo, "Who wants tea?", { id: "$tea" }),
      said("!chat", zoe, "I do", { id: "$own" }),
      { type: "open-room", room: "!chat" },
    );
    await waitFor(() => byName(chat, "textbox", "Message Tea"));
  });

  afterEach(() => place.remove());

  const everyone = (): HTMLElement[] => [...everything(chat.shadowRoot ?? expect.fail())];
  const rowOf = (id: string): HTMLElement | undefined =>
    everyone().find(({ dataset }) => dataset.event === id);
  const field = () => byName<HTMLTextAreaElement>(chat, "textbox", /Message Tea|Add a caption/);
  async function menuOf(id: string): Promise<void> {
    (await waitFor(() => rowOf(id)?.querySelector<HTMLElement>(".tools"))).click();
    await waitFor(() => byName(chat, "menu", "Message actions"));
  }
  async function choose(id: string, item: string | RegExp): Promise<void> {
    await menuOf(id);
    (await waitFor(() => byName(chat, "menuitem", item))).click();
    await chat.updateComplete;
  }

  it("are answered, with what is answered over the answer and the way back to it", async () => {
    await choose("$tea", "Reply");
    await waitFor(() => allText(chat).includes("Replying to Bo"));
    await waitFor(() => focused() === field());
    await sendKeys({ type: "Me too" });
    await sendKeys({ press: "Enter" });
    await waitFor(() => done("send")[0]);
    expect(done("send")[0]).to.deep.include({ in: "!chat", replyTo: "$tea", text: "Me too" });
    await waitFor(() => !allText(chat).includes("Replying to Bo"));
    await tell(...Array.from({ length: 40 }, (_, at) => said("!chat", cy, `between ${at}`)));
    await tell(said("!chat", zoe, "Me too", { id: "$answer", replyTo: "$tea" }));
    const quote = await waitFor(() => byName(chat, "button", "In reply to Bo: Who wants tea?"));
    quote.click();
    await waitFor(() => rowOf("$tea")?.closest(".entry")?.matches(".found"));
  });

  it("have a menu by keyboard alone: Tab comes to the newest, arrows go on", async () => {
    const log = await waitFor(() => byName(chat, "log", "Messages in Tea"));
    log.focus();
    await sendKeys({ press: "Tab" });
    await waitFor(() => focused()?.matches(".tools"));
    expect(focused()?.closest("[data-event]")?.getAttribute("data-event")).to.equal("$own");
    await sendKeys({ press: "ArrowUp" });
    expect(focused()?.closest("[data-event]")?.getAttribute("data-event")).to.equal("$tea");
    await sendKeys({ press: "Enter" });
    await waitFor(() => focused()?.getAttribute("aria-label") === "React with 👍");
    await sendKeys({ press: "ArrowRight" });
    await sendKeys({ press: "Enter" });
    expect(done("react")[0]).to.deep.include({ event: "$tea", key: "❤️" });
    await waitFor(() => focused()?.matches(".tools"));
    await sendKeys({ press: "Enter" });
    await waitFor(() => byName(chat, "menu", "Message actions"));
    await sendKeys({ press: "Escape" });
    await waitFor(() => !byName(chat, "menu", "Message actions") && focused()?.matches(".tools"));
  });

  it("open their menu by a right click", async () => {
    const bubble = await waitFor(() => rowOf("$tea")?.querySelector(".bubble"));
    const click = new MouseEvent("contextmenu", { bubbles: true, composed: true, cancelable: true });
    bubble.dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
    await waitFor(() => byName(chat, "menuitem", "Reply in thread"));
    expect(byName(chat, "menuitem", "Edit"), "not one's own").to.equal(undefined);
    document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    await waitFor(() => !byName(chat, "menu", "Message actions"));
  });

  it("show who reacted; one's own reaction is taken back by the same click", async () => {
    await tell(changed("$tea", { reactions: [{ key: "🍵", senders: [zoe, cy] }] }));
    const chip = await waitFor(() => byName(chat, "button", "🍵: Zoe and Cy"));
    expect(chip.getAttribute("aria-pressed")).to.equal("true");
    chip.click();
    expect(done("react")[0]).to.deep.include({ event: "$tea", key: "🍵", remove: true });
    await tell(changed("$tea", { reactions: [{ key: "🍵", senders: [cy] }] }));
    (await waitFor(() => byName(chat, "button", "🍵: Cy"))).click();
    expect(done("react")[1]).to.deep.include({ event: "$tea", key: "🍵" }).and.not.have.property("remove");
  });

  it("take more emoji from a small picker, as reactions and into the text", async () => {
    await menuOf("$tea");
    (await waitFor(() => byName(chat, "menuitem", "More emoji"))).click();
    (await waitFor(() => byName(chat, "button", "🦆"))).click();
    await waitFor(() => done("react")[0]);
    expect(done("react")[0]).to.deep.include({ event: "$tea", key: "🦆" });
    field()?.focus();
    await sendKeys({ type: "quack " });
    (await waitFor(() => byName(chat, "button", "Emoji"))).click();
    (await waitFor(() => byName(chat, "button", "🦆"))).click();
    await waitFor(() => field()?.value === "quack 🦆");
  });

  it("are edited where one writes, by menu or by the arrow up, and given up by Escape", async () => {
    field()?.focus();
    await sendKeys({ press: "ArrowUp" });
    await waitFor(() => field()?.value === "I do");
    await sendKeys({ press: "Escape" });
    await waitFor(() => field()?.value === "" && !allText(chat).includes("Editing your message"));
    await sendKeys({ type: "half a word" });
    await choose("$own", "Edit");
    await waitFor(() => field()?.value === "I do" && focused() === field());
    await sendKeys({ type: " indeed" });
    (await waitFor(() => byName(chat, "button", "Save"))).click();
    await waitFor(() => done("edit")[0]);
    expect(done("edit")[0]).to.deep.include({ event: "$own", text: "I do indeed" });
    await waitFor(() => field()?.value === "half a word");
    await tell(changed("$own", { edited: true, content: { msgtype: "m.text", body: "I do indeed" } }));
    (await waitFor(() => byName(chat, "button", "edited, show what it said"))).click();
    await waitFor(() => done("listEdits")[0]);
    await tell({
      type: "edits",
      room: "!chat",
      event: "$own",
      versions: [
        { id: "$own", at: 0, content: { body: "I do" } },
        { id: "$later", at: 1, content: { body: "I do indeed" } },
      ],
    });
    const dialog = await waitFor(() => byName(chat, "dialog", "What this message said"));
    expect(dialog.textContent).to.match(/I do[\s\S]*I do indeed/);
    await sendKeys({ press: "Escape" });
    await waitFor(() => !byName(chat, "dialog", "What this message said"));
  });

  it("are deleted after asking, with a reason; others' only with the power to", async () => {
    await choose("$own", "Delete…");
    await waitFor(() => byName(chat, "dialog", "Delete this message?"));
    (await waitFor(() => byName(chat, "textbox", "Reason (others see it)"))).focus();
    await sendKeys({ type: "wrong room" });
    await sendKeys({ press: "Enter" });
    await waitFor(() => done("redact")[0]);
    expect(done("redact")[0]).to.deep.include({ event: "$own", reason: "wrong room" });
    await waitFor(() => !byName(chat, "dialog", "Delete this message?"));
    await tell(
      room("!chat", "Tea", {
        joined: 3,
        may: { send: true, invite: true, redact: false, changeName: false },
      }),
    );
    await menuOf("$tea");
    expect(byName(chat, "menuitem", "Delete…")).to.equal(undefined);
  });

  it("go on in a thread beside the room, which shows how much is in it", async () => {
    await choose("$tea", "Reply in thread");
    const line = await waitFor(() => byName<HTMLTextAreaElement>(chat, "textbox", "Message in the thread"));
    await waitFor(() => focused() === line);
    await sendKeys({ type: "Which kinds?" });
    await sendKeys({ press: "Enter" });
    await waitFor(() => done("send")[0]);
    expect(done("send")[0]).to.deep.include({ in: "!chat", thread: "$tea", text: "Which kinds?" });
    await tell(
      said("!chat", cy, "Mint and nettle", { id: "$kinds", thread: "$tea" }),
      changed("$tea", {
        began: {
          count: 1,
          unread: 1,
          highlights: 0,
          more: false,
          latest: { sender: cy, senderName: "Cy", text: "Mint and nettle", at: 0 },
        },
      }),
    );
    await waitFor(() => done("markRead").some(({ event }) => event === "$kinds"));
    await sendKeys({ press: "Escape" });
    await waitFor(() => !byName(chat, "textbox", "Message in the thread"));
    const log = byName(chat, "log", "Messages in Tea");
    const rows = [...(log?.querySelectorAll(".bubble .text") ?? [])].map(({ textContent }) => textContent);
    expect(rows, "not in the room itself").to.deep.equal(["Who wants tea?", "I do"]);
    const mark = await waitFor(() => byName(chat, "button", /^1 reply Cy: Mint and nettle/));
    expect(mark.textContent).to.contain("1 new");
    mark.click();
    await waitFor(() => byName(chat, "textbox", "Message in the thread"));
    place.style.inlineSize = "1000px";
    await tell();
    expect(byName(chat, "textbox", "Message Tea"), "side by side where there is room").to.not.equal(
      undefined,
    );
  });

  it("are sent with formatting and with the people whom they name", async () => {
    field()?.focus();
    await sendKeys({ type: "Hello @b" });
    await waitFor(() => byName(chat, "listbox", "People to mention"));
    await sendKeys({ press: "Enter" });
    await waitFor(() => field()?.value === "Hello @Bo ");
    await sendKeys({ type: "**now** <b>no</b>" });
    await sendKeys({ press: "Enter" });
    await waitFor(() => done("send")[0]);
    expect(done("send")[0]).to.deep.include({
      text: "Hello @Bo **now** <b>no</b>",
      html: 'Hello <a href="https://matrix.to/#/%40bo%3Aharbor.example">Bo</a> <strong>now</strong> &lt;b&gt;no&lt;/b&gt;',
      mentions: [bo],
    });
    await sendKeys({ type: "- tea" });
    await sendKeys({ press: "Shift+Enter" });
    await sendKeys({ type: "- cake" });
    await sendKeys({ press: "Enter" });
    await sendKeys({ type: "plain" });
    await sendKeys({ press: "Enter" });
    await waitFor(() => done("send").length === 3);
    expect(done("send").map(({ text }) => text)).to.deep.equal([
      "Hello @Bo **now** <b>no</b>",
      "- tea\n- cake",
      "plain",
    ]);
    expect(done("send")[1]?.html).to.match(/^<ul>\s*<li>tea<\/li>/);
    expect(done("send")[2]).to.not.have.property("html");
  });

  it("carry files that were picked, pasted or dropped; what cannot be sent is back with a sentence", async () => {
    const picture = new File([await drawPicture("tea")], "tea.png", { type: "image/png" });
    const data = new DataTransfer();
    data.items.add(picture);
    const paste = new ClipboardEvent("paste", {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    field()?.dispatchEvent(paste);
    const drop = new DragEvent("drop", { bubbles: true, cancelable: true, composed: true });
    const dropped = new DataTransfer();
    dropped.items.add(new File(["tea, cake"], "list.txt", { type: "text/plain" }));
    Object.defineProperty(drop, "dataTransfer", { value: dropped });
    byName(chat, "log", "Messages in Tea")?.dispatchEvent(drop);
    await waitFor(() => byName(chat, "list", "Attached files")?.children.length === 2);
    answer = (action) =>
      action.type === "sendImage"
        ? { ok: false, refusal: { code: "file/no-picture", facts: { name: "tea.png" } } }
        : undefined;
    field()?.focus();
    await sendKeys({ type: "My tea" });
    await sendKeys({ press: "Enter" });
    await waitFor(() => done("sendFile")[0]);
    expect(done("sendImage")[0]).to.deep.include({ in: "!chat", name: "tea.png", text: "My tea" });
    expect(done("sendFile")[0]).to.deep.include({ name: "list.txt" }).and.not.have.property("text");
    await waitFor(() => allText(chat).includes("tea.png is no picture that can be shown."));
    expect(field()?.value).to.equal("My tea");
    const { file } = done("sendImage")[0] ?? expect.fail();
    expect("picked" in file && heldFile(file.picked)?.name).to.equal("tea.png");
    (await waitFor(() => byName(chat, "button", "Send as a file"))).click();
    await chat.updateComplete;
    field()?.focus();
    await sendKeys({ press: "Enter" });
    await waitFor(() => done("sendFile").length === 2);
    expect(done("sendFile")[1]).to.deep.include({ name: "tea.png", text: "My tea" });
    await waitFor(() => !byName(chat, "list", "Attached files"));
  });

  it("say how far a file is", async () => {
    const upload = { name: "tea.png", size: 2_000_000, loaded: 500_000, state: "uploading" as const };
    await tell({ type: "upload", room: "!chat", id: "1", upload });
    const bar = await waitFor(() => everyone().find(({ localName }) => localName === "progress"));
    expect(bar).to.include({ value: 500_000, max: 2_000_000 });
    expect(bar.getAttribute("aria-label")).to.equal("Uploading tea.png");
    await tell({ type: "upload", room: "!chat", id: "1", upload: null });
    await waitFor(() => !everyone().some(({ localName }) => localName === "progress"));
  });

  const picture = (url: string, more: Partial<ShownEvent> = {}): ClientFact =>
    said("!chat", bo, "", {
      content: {
        msgtype: "m.image",
        body: "My garden",
        filename: "garden.png",
        url,
        info: { w: 960, h: 640 },
      },
      ...more,
    });

  it("show pictures with their captions, and large on a click", async () => {
    const blob = await drawPicture("garden");
    media = (mxc) => Promise.resolve(mxc === "mxc://harbor.example/garden" ? blob : undefined);
    await tell(picture("mxc://harbor.example/garden"));
    await waitFor(() => everyone().some(({ localName }) => localName === "img"));
    expect(allText(chat)).to.contain("My garden");
    const open = await waitFor(() => byName(chat, "button", "Open the picture garden.png"));
    open.focus();
    await sendKeys({ press: "Enter" });
    const dialog = await waitFor(() =>
      everyone().find((each) => each instanceof HTMLDialogElement && each.open),
    );
    await waitFor(() => (dialog.querySelector("img")?.naturalWidth ?? 0) === 960);
    await sendKeys({ press: "Escape" });
    await waitFor(() => !everyone().some((each) => each instanceof HTMLDialogElement));
  });

  it("show nothing of a file that is not the picture that it says it is", async () => {
    media = () =>
      Promise.resolve(
        new Blob(["<svg xmlns='http://www.w3.org/2000/svg' onload='window.harmed=1'/>"], {
          type: "image/svg+xml",
        }),
      );
    await tell(picture("mxc://harbor.example/evil"));
    await waitFor(() => allText(chat).includes("it is not the picture that it says it is"));
    await tell(picture("javascript:alert(1)", { id: "$bad" }));
    await waitFor(() => allText(chat).includes("garden.png could not be loaded"));
    expect("harmed" in window).to.equal(false);
    expect(everyone().some(({ localName }) => localName === "img")).to.equal(false);
  });

  it("of ignored people are not shown, until the account takes it back", async () => {
    await choose("$tea", "Ignore Bo");
    expect(done("ignore")[0]).to.deep.include({ user: bo, ignored: true });
    await tell({
      type: "account-data",
      kind: "m.ignored_user_list",
      content: { ignored_users: { [bo]: {} } },
    });
    await waitFor(
      () => !allText(byName(chat, "log", "Messages in Tea") ?? expect.fail()).includes("Who wants tea?"),
    );
    chat.pane = "account";
    (await waitFor(() => byName(chat, "button", "Stop ignoring"))).click();
    expect(done("ignore")[1]).to.deep.include({ user: bo, ignored: false });
  });

  it("offer nothing while the past is shown", async () => {
    chat.readonly = true;
    await tell(changed("$tea", { reactions: [{ key: "🍵", senders: [cy] }] }));
    await menuOf("$tea");
    const items = everyone().filter((each) => each.getAttribute("role")?.startsWith("menuitem"));
    expect(items.map(({ textContent }) => textContent?.trim())).to.deep.equal(["Copy text"]);
    expect(byName<HTMLButtonElement>(chat, "button", "🍵: Cy")?.disabled).to.equal(true);
  });

  it("are accessible, narrow and wide, in both manners", async () => {
    const blob = await drawPicture("garden");
    media = () => Promise.resolve(blob);
    await tell(
      picture("mxc://harbor.example/garden"),
      said("!chat", zoe, "Me too", { replyTo: "$tea", edited: true }),
      changed("$tea", {
        reactions: [{ key: "🍵", senders: [zoe, cy] }],
        began: { count: 2, unread: 1, highlights: 1, more: false },
      }),
      {
        type: "upload",
        room: "!chat",
        id: "1",
        upload: { name: "x.png", size: 10, loaded: 5, state: "uploading" },
      },
    );
    await waitFor(() => everyone().some(({ localName }) => localName === "img"));
    for (const width of ["331px", "1000px"]) {
      place.style.inlineSize = width;
      for (const manner of ["bubbles", "lines"] as const) {
        chat.manner = manner;
        await tell();
        await expectAccessible(place);
        await menuOf("$tea");
        await expectAccessible(place);
        (await waitFor(() => byName(chat, "menuitem", "Reply in thread"))).click();
        await waitFor(() => byName(chat, "textbox", "Message in the thread"));
        await expectAccessible(place);
        (await waitFor(() => byName(chat, "button", "Close the thread"))).click();
        await tell();
      }
    }
    for (const open of [() => choose("$own", "Delete…"), () => choose("$own", "Edit")]) {
      await open();
      await tell();
      await expectAccessible(place);
      byName(chat, "button", "Close")?.click();
      await tell();
    }
  });
});
