import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import type { ClientFact } from "../../../src/client/client-fact.ts";
import type { ActEvent } from "../../../src/elements/act-event.ts";
import "../../../src/elements/chat/chat-parts.ts";
import "../../../src/elements/chat/homeroom-chat.ts";
import type { HomeroomChat } from "../../../src/elements/chat/homeroom-chat.ts";
import type { Action, ActionResult } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { allText, byName, focused, waitFor } from "../deep.ts";
import { bindings, bo, chatState, cy, looks, room, said, scene, signedIn, zoe } from "./chat-story.ts";

describe("homeroom-chat", () => {
  let place: HTMLElement;
  let chat: HomeroomChat;
  let acts: Action[];
  let facts: ClientFact[];
  /** What the world answers; without one, what a good world would. */
  let answer: ((action: Action) => Promise<ActionResult> | undefined) | undefined;

  /** A world small enough to see through: some actions have their facts. */
  function play(event: ActEvent): void {
    acts.push(event.action);
    event.result = answer?.(event.action) ?? Promise.resolve(happen(event.action));
  }

  function happen(action: Action): ActionResult {
    switch (action.type) {
      case "signUp":
      case "signIn":
        tell(scene());
        return { ok: true, user: zoe };
      case "openRoom":
        tell([{ type: "open-room", room: action.room }]);
        return { ok: true };
      case "send":
        tell([said(action.in, zoe, action.text ?? "")]);
        return { ok: true, event: "$x" };
      case "join":
        tell([room(action.room, "Ada", { direct: true })]);
        return { ok: true, room: action.room };
      case "leave":
        tell([{ type: "room-gone", room: action.room }]);
        return { ok: true };
      case "createRoom":
        tell([room("!new", action.name ?? "New")]);
        return { ok: true, room: "!new" };
      case "signOut":
        tell([{ type: "session", session: { state: "signed-out", reason: "by-choice" } }]);
        return { ok: true };
      default:
        return { ok: true };
    }
  }

  function tell(more: readonly ClientFact[]): void {
    facts = [...facts, ...more];
    chat.state = chatState(facts);
  }

  const done = (type: Action["type"]) => acts.filter((action) => action.type === type);

  beforeEach(async () => {
    acts = [];
    facts = [];
    answer = undefined;
    place = document.createElement("div");
    place.style.cssText = "inline-size: 331px; block-size: 520px";
    chat = document.createElement("homeroom-chat");
    Object.assign(chat, {
      host: "you/laptop",
      person: "You",
      server: "garden.example",
      looks,
      bindings,
      suggestions: { password: "tavomi-rezu-38" },
    });
    chat.addEventListener("homeroom-act", play);
    place.append(chat);
    document.body.append(place);
    await chat.updateComplete;
  });

  afterEach(() => place.remove());

  it("is one region with the device's name", async () => {
    expect(byName(chat, "region", "Your laptop")).to.not.equal(undefined);
    Object.assign(chat, { host: "bo/phone", person: "Bo", kind: "phone" });
    await chat.updateComplete;
    expect(byName(chat, "region", "Bo’s phone")).to.not.equal(undefined);
  });

  describe("at the door", () => {
    it("offers a made-up password, says that this is for practice, and takes no other by default", async () => {
      const password = await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "Password"));
      expect(password.value).to.equal("tavomi-rezu-38");
      expect(password.readOnly).to.equal(true);
      expect(allText(chat)).to.contain(
        "This is a practice account. It lives in this browser and nowhere else.",
      );
      byName(chat, "button", "Change")?.click();
      await waitFor(() => !password.readOnly && focused() === password);
      await sendKeys({ type: "letmein" });
      byName(chat, "button", "Fill in")?.click();
      await waitFor(() => password.readOnly && password.value === "tavomi-rezu-38");
    });

    it("keeps the focus on the device when its button leads inside", async () => {
      (await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "User name"))).focus();
      await sendKeys({ type: "zoe" });
      byName(chat, "button", "Create account")?.focus();
      await sendKeys({ press: "Enter" });
      await waitFor(() => byName(chat, "button", /^Bo/));
      await waitFor(() => focused()?.textContent === "Your laptop");
    });

    it("is left, a chat opened and a message sent by keyboard alone", async () => {
      (await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "User name"))).focus();
      await sendKeys({ type: "zoe" });
      await sendKeys({ press: "Enter" });
      await waitFor(() => byName(chat, "button", /^Bo/));
      expect(acts[0]).to.deep.include({
        type: "signUp",
        person: "you",
        device: "laptop",
        name: "zoe",
        password: "tavomi-rezu-38",
      });
      // The focus is where the form was, before one goes on from there.
      await waitFor(() => focused()?.textContent === "Your laptop");
      for (let press = 0; press < 15 && !focused()?.textContent?.includes("Earl Grey"); press += 1)
        await sendKeys({ press: "Tab" });
      await sendKeys({ press: "Enter" });
      const line = await waitFor(() => byName<HTMLTextAreaElement>(chat, "textbox", "Message Bo"));
      await waitFor(() => focused() === line);
      await sendKeys({ type: "Mint" });
      await sendKeys({ press: "Shift+Enter" });
      await sendKeys({ type: "and a biscuit" });
      await sendKeys({ press: "Enter" });
      await waitFor(() => done("send")[0]);
      expect(done("send")[0]).to.deep.include({ in: "!chat", text: "Mint\nand a biscuit" });
      expect(line.value).to.equal("");
      await waitFor(() => allText(chat).includes("and a biscuit"));
    });

    it("says beside the field what was refused, and keeps what was typed", async () => {
      answer = (action) =>
        action.type === "signUp"
          ? Promise.resolve({
              ok: false,
              refusal: { code: "sign-up/name-taken", facts: {}, errcode: "M_USER_IN_USE", field: "name" },
            })
          : undefined;
      const name = await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "User name"));
      name.focus();
      await sendKeys({ type: "kim" });
      byName(chat, "button", "Create account")?.click();
      await waitFor(() => name.getAttribute("aria-invalid") === "true");
      const described = name.getAttribute("aria-describedby")?.split(" ") ?? [];
      const root = name.getRootNode() as ShadowRoot;
      expect(described.map((id) => root.getElementById(id)?.textContent).join(" ")).to.contain(
        "Somebody at this server has this name",
      );
      expect(name.value).to.equal("kim");
      await waitFor(() => focused() === name);
    });

    it("lets a form that was sent too early wait, and says so", async () => {
      let release = (_result: ActionResult): void => {};
      answer = () => new Promise((resolve) => (release = resolve));
      chat.arriving = true;
      const name = await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "User name"));
      name.focus();
      await sendKeys({ type: "zoe" });
      await sendKeys({ press: "Enter" });
      const button = await waitFor(() => byName<HTMLButtonElement>(chat, "button", "Creating account…"));
      expect(button.disabled).to.equal(true);
      expect(allText(chat)).to.contain("still on its way");
      expect(name.value).to.equal("zoe");
      release({ ok: false, refusal: { code: "network/link-cut", facts: {} } });
      await waitFor(() => allText(chat).includes("The link is cut"));
      expect(name.value).to.equal("zoe");
    });

    it("says what is missing before anything is sent", async () => {
      (await waitFor(() => byName(chat, "button", "Create account"))).click();
      await waitFor(() => allText(chat).includes("Choose a name first."));
      expect(acts).to.deep.equal([]);
    });

    it("offers whoever has an account to sign in, with the password that they chose", async () => {
      chat.suggestions = { name: "zoe", password: "my-own" };
      const button = await waitFor(() => byName(chat, "button", "Sign in"));
      expect(byName<HTMLInputElement>(chat, "textbox", "User name")?.value).to.equal("zoe");
      button.click();
      await waitFor(() => acts[0]);
      expect(acts[0]).to.deep.include({ type: "signIn", name: "zoe", password: "my-own" });
    });
  });

  describe("inside", () => {
    const open = async (id: string) => {
      tell([...scene(), { type: "open-room", room: id }]);
      await waitFor(() => byName(chat, "log", /^Messages in/));
    };

    it("lists invitations first, then chats with their unread messages", async () => {
      tell(scene());
      await waitFor(() => byName(chat, "list", "Your chats"));
      expect(byName(chat, "list", "Invitations")?.textContent).to.contain("Ada invites you to a chat.");
      const tea = await waitFor(() => byName(chat, "button", /^Tea/));
      expect(tea.textContent?.replace(/\s+/g, " ")).to.contain("2 unread messages");
    });

    it("accepts an invitation and opens its room; declines another", async () => {
      tell([...scene(), room("!eve", "Eve", { membership: "invite", inviter: "@eve:harbor.example" })]);
      (await waitFor(() => byName(chat, "button", "Accept"))).click();
      await waitFor(() => done("openRoom")[0]);
      expect(done("join")[0]).to.deep.include({ room: "!ada" });
      expect(done("openRoom")[0]).to.deep.include({ room: "!ada" });
      (await waitFor(() => byName(chat, "button", "All chats"))).click();
      (await waitFor(() => byName(chat, "button", "Decline"))).click();
      await waitFor(() => done("leave")[0]);
      expect(done("leave")[0]).to.deep.include({ room: "!eve" });
    });

    it("keeps what is written for each room", async () => {
      await open("!chat");
      const line = await waitFor(() => byName<HTMLTextAreaElement>(chat, "textbox", "Message Bo"));
      line.focus();
      await sendKeys({ type: "half a word" });
      tell([{ type: "open-room", room: "!tea" }]);
      const other = await waitFor(() =>
        byName<HTMLTextAreaElement>(chat, "textbox", "Message Tea & biscuits"),
      );
      expect(other.value).to.equal("");
      tell([{ type: "open-room", room: "!chat" }]);
      await waitFor(
        () => byName<HTMLTextAreaElement>(chat, "textbox", "Message Bo")?.value === "half a word",
      );
    });

    it("tells others while somebody types, and that it is over", async () => {
      await open("!chat");
      (await waitFor(() => byName(chat, "textbox", "Message Bo"))).focus();
      await sendKeys({ type: "hello" });
      expect(done("setTyping")).to.have.length(1);
      (document.activeElement as HTMLElement).blur();
      await waitFor(() => done("setTyping").length === 2);
      expect(done("setTyping").map((action) => "typing" in action && action.typing)).to.deep.equal([
        true,
        false,
      ]);
    });

    it("invites from the room's menu by keyboard, and comes back to it", async () => {
      await open("!chat");
      const menu = await waitFor(() => byName(chat, "button", "Room menu"));
      menu.focus();
      await sendKeys({ press: "Enter" });
      await waitFor(() => focused()?.getAttribute("role") === "menuitem");
      await sendKeys({ press: "ArrowDown" });
      await sendKeys({ press: "ArrowUp" });
      expect(focused()?.textContent?.trim()).to.equal("Invite");
      await sendKeys({ press: "Enter" });
      const whom = await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "Whom"));
      whom.focus();
      await sendKeys({ type: cy });
      await sendKeys({ press: "Enter" });
      await waitFor(() => done("invite")[0]);
      expect(done("invite")[0]).to.deep.include({ room: "!chat", user: cy });
      await waitFor(() => allText(chat).includes(`${cy} is invited.`));
      await sendKeys({ press: "Escape" });
      await waitFor(() => focused() === menu);
    });

    it("closes the room's menu where Tab leaves it, and goes on", async () => {
      await open("!chat");
      const menu = await waitFor(() => byName(chat, "button", "Room menu"));
      menu.focus();
      await sendKeys({ press: "Enter" });
      await waitFor(() => focused()?.getAttribute("role") === "menuitem");
      await sendKeys({ press: "Tab" });
      await waitFor(() => menu.getAttribute("aria-expanded") === "false");
      await waitFor(() => focused()?.getAttribute("role") === "log");
    });

    it("shows members with their power in words, and lets one leave after asking", async () => {
      await open("!chat");
      const choose = async (name: string) => {
        (await waitFor(() => byName(chat, "button", "Room menu"))).click();
        (await waitFor(() => byName(chat, "menuitem", name))).click();
      };
      await choose("Members");
      await waitFor(() => byName(chat, "dialog", "2 members"));
      expect(byName(chat, "list", "Members")?.textContent).to.match(/Bo[\s\S]*Admin/);
      (await waitFor(() => byName(chat, "button", "Close"))).click();
      await choose("Leave");
      (await waitFor(() => byName(chat, "button", "Leave room"))).click();
      await waitFor(() => done("leave")[0]);
      await waitFor(() => !chat.state.rooms.has("!chat"));
      expect(chat.openRoom).to.equal(null);
    });

    it("begins a chat, a room, and joins one by its address", async () => {
      tell(scene());
      const begin = async (kind: string) => {
        chat.renderRoot.querySelector<HTMLElement>(".back")?.click();
        (await waitFor(() => byName(chat, "button", "New chat or room"))).click();
        (await waitFor(() => byName(chat, "tab", kind))).click();
      };
      const write = async (field: string | RegExp, text: string) => {
        (await waitFor(() => byName(chat, "textbox", field))).focus();
        await sendKeys({ type: text });
      };
      await begin("Chat");
      (await waitFor(() => byName(chat, "button", /^Cy/))).click();
      byName(chat, "button", "Start chat")?.click();
      await waitFor(() => done("createRoom")[0]);
      expect(done("createRoom")[0]).to.deep.include({ direct: true, invite: [cy] });
      await begin("Room");
      await write("Room name", "Garden club");
      (await waitFor(() => byName(chat, "radio", "Everyone"))).click();
      await write("Address", "#club:garden.example");
      byName(chat, "button", "Create room")?.click();
      await waitFor(() => done("createRoom")[1]);
      expect(done("createRoom")[1]).to.deep.include({
        name: "Garden club",
        preset: "public_chat",
        alias: "club",
      });
      await waitFor(() => chat.openRoom === "!new");
      await begin("Join");
      await write("Address of the room", "#tea:harbor.example");
      await sendKeys({ press: "Enter" });
      await waitFor(() => done("join")[0]);
      expect(done("join")[0]).to.deep.include({ room: "#tea:harbor.example" });
    });

    it("has the account: name, sessions to end, the lake, the way out", async () => {
      tell(scene());
      (await waitFor(() => byName(chat, "button", /^Account of You/))).click();
      const name = await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "Display name"));
      await waitFor(() => done("listDevices")[0]);
      expect(name.value).to.equal("Zoe");
      name.select();
      name.focus();
      await sendKeys({ type: "Zoë" });
      byName(chat, "button", "Save")?.click();
      await waitFor(() => allText(chat).includes("Saved."));
      expect(done("setDisplayName")[0]).to.deep.include({ name: "Zoë" });
      (await waitFor(() => byName(chat, "button", "End session"))).click();
      await waitFor(() => byName(chat, "textbox", "Password"));
      (await waitFor(() => byName(chat, "button", "End session"))).click();
      await waitFor(() => done("endSession")[0]);
      expect(done("endSession")[0]).to.deep.include({
        target: "GHIJKL",
        password: "tavomi-rezu-38",
        device: "laptop",
      });
      (await waitFor(() => byName<HTMLButtonElement>(chat, "button", "Lose this device…"))).click();
      (await waitFor(() => byName(chat, "button", "Into the lake"))).click();
      await waitFor(() => done("loseDevice")[0]);
      expect(done("loseDevice")[0]).to.deep.include({ person: "you", device: "laptop" });
      (await waitFor(() => byName(chat, "button", "Sign out"))).click();
      await waitFor(() => byName(chat, "textbox", "User name"));
    });

    it("only looks while the past is shown, and may look into any room", async () => {
      tell(scene());
      chat.readonly = true;
      (await waitFor(() => byName(chat, "button", /^Tea/))).click();
      const line = await waitFor(() =>
        byName<HTMLTextAreaElement>(chat, "textbox", "Message Tea & biscuits"),
      );
      expect(line.readOnly).to.equal(true);
      expect(acts).to.deep.equal([]);
    });

    it("says that a server is away, and that a session was ended elsewhere", async () => {
      await open("!chat");
      tell([{ type: "session", session: { state: "offline", user: zoe, device: "ABCDEF" } }]);
      await waitFor(() => allText(chat).includes("garden.example does not answer."));
      tell([{ type: "session", session: { state: "signed-out", reason: "elsewhere" } }]);
      await waitFor(() => allText(chat).includes("This session was ended from another device."));
    });

    it("is accessible in every pane, narrow and wide, in both manners", async () => {
      await expectAccessible(place);
      tell(scene());
      await waitFor(() => byName(chat, "button", "Accept"));
      await expectAccessible(place);
      await open("!chat");
      for (const pane of ["new", "account", "members", "invite", "leave"] as const) {
        chat.pane = pane;
        await waitFor(() => byName(chat, "dialog", /./));
        await expectAccessible(place);
      }
      chat.pane = undefined;
      place.style.inlineSize = "900px";
      await chat.updateComplete;
      await expectAccessible(place);
      chat.manner = "lines";
      await chat.updateComplete;
      await expectAccessible(place);
    });

    it("fits into 290 pixels", async () => {
      place.style.inlineSize = "290px";
      await open("!tea");
      for (const pane of [undefined, "new", "account", "members", "invite", "leave"] as const) {
        chat.pane = pane;
        await chat.updateComplete;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        for (const element of [chat, ...chat.renderRoot.querySelectorAll<HTMLElement>("*")])
          expect(element.getBoundingClientRect().right, `${pane} ${element.className}`).to.be.at.most(
            place.getBoundingClientRect().right + 1,
          );
      }
    });
  });

  it("shows nothing of a stranger's room names but their letters", async () => {
    tell([
      signedIn,
      room("!x", `<img src=x onerror="window.harmed=1">\u202E${"W".repeat(500)}`, { topic: "<b>x</b>" }),
      said("!x", bo, "hi"),
    ]);
    await waitFor(() => byName(chat, "button", /img src/));
    expect(chat.renderRoot.querySelector("homeroom-chat-list")?.renderRoot.querySelector("img")).to.equal(
      null,
    );
    expect("harmed" in window).to.equal(false);
  });
});
