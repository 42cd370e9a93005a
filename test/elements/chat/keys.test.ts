import { expect } from "chai";
import type { ClientFact } from "../../../src/client/client-fact.ts";
import type { ActEvent } from "../../../src/elements/act-event.ts";
import "../../../src/elements/chat/chat-parts.ts";
import "../../../src/elements/chat/homeroom-chat.ts";
import type { HomeroomChat } from "../../../src/elements/chat/homeroom-chat.ts";
import type { Action, ActionResult } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { allText, byName, everything, focused, waitFor } from "../deep.ts";
import { bindings, bo, chatState, looks, said, scene } from "./chat-story.ts";
import { emoji, own, sealedFromBo, verification, whole } from "./keys-story.ts";

describe("A chat that encrypts", () => {
  let place: HTMLElement;
  let chat: HomeroomChat;
  let acts: Action[];
  let facts: ClientFact[];
  let answer: (action: Action) => ActionResult;

  async function show(...more: ClientFact[]): Promise<void> {
    facts = [...facts, ...more];
    chat.state = chatState(facts);
    await chat.updateComplete;
  }

  async function click(name: string): Promise<void> {
    const button = await waitFor(() => byName(chat, "button", name));
    button.focus();
    button.click();
    await chat.updateComplete;
  }

  beforeEach(async () => {
    acts = [];
    answer = () => ({ ok: true });
    facts = [...scene(), { type: "open-room", room: "!chat" }];
    place = document.createElement("div");
    place.style.cssText = "inline-size: 390px; block-size: 700px";
    chat = document.createElement("homeroom-chat");
    Object.assign(chat, { host: "you/laptop", person: "You", server: "garden.example", looks, bindings });
    chat.addEventListener("homeroom-act", (event: ActEvent) => {
      acts.push(event.action);
      event.result = Promise.resolve(answer(event.action));
    });
    place.append(chat);
    document.body.append(place);
    await show();
  });

  afterEach(() => place.remove());

  it("says why a message is sealed, and opens it when its key comes", async () => {
    await show(own(), sealedFromBo("HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED"));
    await waitFor(() => allText(chat).includes("Waiting for this message"));
    expect(allText(chat)).to.include("written before this device signed in");
    await expectAccessible(place);
    const sealed = facts.at(-1) as Extract<ClientFact, { type: "event" }>;
    const { event } = said("!chat", bo, "Earl Grey!") as typeof sealed;
    await show({
      ...sealed,
      event: { ...event, id: sealed.event.id, sealed: { open: true } },
      replaces: sealed.event.id,
    });
    await waitFor(() => !allText(chat).includes("Waiting for this message"));
    expect(allText(chat)).to.include("Earl Grey!");
  });

  it("speaks a sealed message once it is open, and not before", async () => {
    const spoken = (): string =>
      [...everything(chat.shadowRoot!)]
        .map((each) => (each.role === "status" ? each.textContent : ""))
        .join(" ");
    await show(own());
    (await waitFor(() => byName(chat, "textbox", "Message Bo"))).focus();
    const sealed = said("!chat", bo, "", {
      type: "m.room.encrypted",
      content: { algorithm: "m.megolm.v1.aes-sha2", ciphertext: "AwgBEpAB", session_id: "7Hq" },
      sealed: { open: false, session: "7Hq", index: 1 },
    }) as Extract<ClientFact, { type: "event" }>;
    await show(sealed);
    await waitFor(() => allText(chat).includes("being opened"));
    expect(spoken()).not.to.include("cannot show");
    const { event } = said("!chat", bo, "Mint, then") as typeof sealed;
    const { id } = sealed.event;
    await show({ ...sealed, event: { ...event, id, sealed: { open: true } }, replaces: id });
    await waitFor(() => spoken().includes("Mint, then"));
  });

  it("says in words what is doubtful about a message", async () => {
    await show(
      own(),
      said("!chat", bo, "Hm", {
        sealed: { open: true, shield: { colour: "red", reason: "unsigned-device" } },
      }),
    );
    await waitFor(() => allText(chat).includes("Written on a device that its owner has not verified."));
    await expectAccessible(place);
  });

  it("leads a new device to the other one, or to the recovery key", async () => {
    await show(own());
    await waitFor(() => allText(chat).includes("This device is new"));
    await click("Verify");
    await expectAccessible(place);
    await click("Unlock");
    expect(allText(chat)).to.include("Write the recovery key first.");
    const field = (await waitFor(() =>
      byName(chat, "textbox", "Recovery key or passphrase"),
    )) as HTMLInputElement;
    field.value = "EsT1 nope";
    answer = () => ({ ok: false, refusal: { code: "recovery/wrong-key", facts: {}, field: "key" } });
    await click("Unlock");
    await waitFor(() => allText(chat).includes("This is not the key of this account."));
    expect(acts.at(-1)).to.include({ type: "recover", key: "EsT1 nope" });
    answer = () => ({ ok: true });
    await click("Verify with another device");
    expect(acts.at(-1)).to.include({ type: "askToVerify" });
    await waitFor(() => chat.pane === "verification");
  });

  it("leads a verified device that got no keys to them", async () => {
    await show(own({ verified: true }), sealedFromBo("HISTORICAL_MESSAGE_NO_KEY_BACKUP"));
    await waitFor(() => allText(chat).includes("have not come to it"));
    await click("Look");
    await waitFor(() => allText(chat).includes("Verified, but without all keys"));
    await waitFor(() => byName(chat, "button", "Verify with another device"));
    await waitFor(() => byName(chat, "textbox", "Recovery key or passphrase"));
    expect(byName(chat, "button", "Make a new recovery key")).to.equal(undefined);
    await expectAccessible(place);
    await show(own(whole));
    await waitFor(() => !byName(chat, "textbox", "Recovery key or passphrase"));
    expect(allText(chat)).to.include("Verified: signed by your own identity.");
  });

  it("compares emoji, and says what came of it", async () => {
    await show(own(), verification({}));
    await waitFor(() => allText(chat).includes("asks to be verified"));
    await click("Look");
    await click("Accept");
    expect(acts.at(-1)).to.include({ type: "acceptVerification" });
    await show(verification({ phase: "ready", code: btoa("MATRIX code") }));
    await waitFor(() => byName(chat, "img", "A code for the other device to read"));
    await waitFor(() => focused()?.textContent === "Verification");
    await expectAccessible(place);
    await click("Compare emoji");
    expect(acts.at(-1)).to.include({ type: "compareEmoji" });
    await show(verification({ phase: "comparing", emoji }));
    await waitFor(() => allText(chat).includes("Unicorn"));
    await expectAccessible(place);
    await click("They are different");
    expect(acts.at(-1)).to.include({ type: "denyVerification" });
    await show(verification({ phase: "waiting", emoji }));
    await waitFor(() => allText(chat).includes("Waiting for the other side"));
    expect(allText(chat)).to.include("Unicorn");
    await show(verification({ phase: "waiting", hasRead: true }));
    await waitFor(() => allText(chat).includes("The code is read."));
    await show(verification({ phase: "cancelled", cancelled: { code: "m.mismatched_sas", byMe: true } }));
    await waitFor(() => allText(chat).includes("nothing was verified"));
    await show(verification({ id: "v2", phase: "done" }));
    await waitFor(() => allText(chat).includes("Verified. From now on"));
    await expectAccessible(place);
  });

  it("shows a recovery key once, to be copied and kept", async () => {
    await show(own({ ...whole, secretStorage: { passphrase: false, secrets: [] } }));
    await click("Account of You");
    await click("Encryption");
    answer = () => ({ ok: true, recoveryKey: "EsT1 abcd EFGH" });
    await click("Make the recovery key");
    await waitFor(() => allText(chat).includes("EsT1 abcd EFGH"));
    await waitFor(() => focused() === byName(chat, "button", "Copy"));
    await expectAccessible(place);
    // The browser of the tests may refuse: then the page says what to do instead.
    await click("Copy");
    await waitFor(() => /Copied|copy it yourself/.test(allText(chat)));
    await click("I have kept it");
    await waitFor(() => !allText(chat).includes("EsT1 abcd EFGH"));
    await waitFor(() => focused()?.textContent === "Encryption");
  });

  it("warns before the identity is reset", async () => {
    await show(own(whole));
    await click("Account of You");
    await click("Encryption");
    await click("Reset the identity");
    expect(allText(chat)).to.include("stay sealed for ever");
    await waitFor(() => focused()?.textContent?.includes("Reset your identity?"));
    await expectAccessible(place);
    await click("Reset it now");
    expect(acts.at(-1)).to.include({ type: "resetIdentity" });
  });

  it("names the device that cannot read what is written, and says why, until that is put off", async () => {
    const room = facts.findLast((fact) => fact.type === "room" && fact.room.id === "!chat");
    if (room?.type !== "room") throw new Error("There is no such room");
    await show(own(whole), { ...room, room: { ...room.room, encrypted: true } });
    const device = { user: bo, device: "BOPHONE" };
    await show({ type: "unreached", devices: [{ ...device, why: "bad-signature" }] });
    await waitFor(() => allText(chat).includes("BOPHONE"));
    expect(allText(chat)).to.include("is not signed by the device");
    await expectAccessible(place);
    await click("Later");
    await waitFor(() => !allText(chat).includes("BOPHONE"));
    await show({ type: "unreached", devices: [{ ...device, why: "bad-device-keys" }] });
    await waitFor(() => allText(chat).includes("Its keys are not signed by the device itself"));
    await show({ type: "unreached", devices: [] });
    await waitFor(() => !allText(chat).includes("BOPHONE"));
  });

  it("says that the server is out of reach, and lets it be tried again", async () => {
    await show(own());
    await click("Verify");
    answer = () => ({ ok: false, refusal: { code: "network/link-cut", facts: {} } });
    await click("Verify with another device");
    await waitFor(() => allText(chat).includes("The link is cut"));
    await expectAccessible(place);
    answer = () => ({ ok: true });
    await click("Verify with another device");
    await waitFor(() => chat.pane === "verification");
    await show(verification({ phase: "signing" }));
    await waitFor(() => allText(chat).includes("Both sides have confirmed."));
    expect(byName(chat, "button", "Stop")).to.equal(undefined);
    await expectAccessible(place);
  });

  it("says that somebody has another identity than before", async () => {
    const identity = { master: "m", verified: false, changed: true, wasVerified: false };
    await show(own({ verified: true }), { type: "person-keys", person: { user: bo, identity, devices: [] } });
    await waitFor(() => allText(chat).includes("has another identity than before"));
    await expectAccessible(place);
    await click("Go on anyway");
    expect(acts.at(-1)).to.include({ type: "acceptIdentity", user: bo });
  });
});
