import { emulateMedia } from "@web/test-runner-commands";
import { expect } from "chai";
import { keysFold } from "../../../src/elements/keys/keys-fold.ts";
import "../../../src/elements/keys/homeroom-keys.ts";
import { PointerHand } from "../../../src/elements/pointer-hand.ts";
import type { Action } from "../../../src/world/action.ts";
import type { SimulatedWorld } from "../../../src/world/simulated-world.ts";
import { addPhone, does, secretly } from "../../world/encrypted-worlds.ts";
import { closeWorlds, openTestWorld, until, untilLog } from "../../world/open-worlds.ts";
import { expectAccessible } from "../accessible.ts";
import { byName, waitFor } from "../deep.ts";

/** Host → how many message keys its device has told that it holds. */
function heldIn(world: SimulatedWorld): Record<string, number> {
  const { devices } = world.log.fold(keysFold);
  return Object.fromEntries([...devices].map(([host, { held }]) => [host, [...held.values()].flat().length]));
}

/** Devices tell of their keys a little after the messages that these open. */
async function untilHeld(world: SimulatedWorld, wanted: Record<string, number>): Promise<void> {
  const isSo = () => Object.entries(wanted).every(([host, count]) => heldIn(world)[host] === count);
  await untilLog(world, isSo, () => JSON.stringify(heldIn(world)));
}

describe("The keys view", () => {
  afterEach(async () => {
    document.querySelector("homeroom-keys")?.remove();
    await closeWorlds();
  });

  it("shows what signs what, who holds which message key, and what is kept where", async () => {
    const world = await openTestWorld(secretly());
    await does(world, { type: "setUpIdentity", person: "bo" });
    await does(world, { type: "send", person: "bo", in: "chat", text: "hello" });
    await until(world, { type: "shown", person: "you", text: "hello" });
    await does(world, { type: "setUpRecovery", person: "you" });
    await until(world, { type: "backedUp", person: "you" });
    await addPhone(world);
    await until(world, { type: "deviceKnown", person: "you", device: "phone", by: "you/laptop" });
    await untilHeld(world, { "you/laptop": 1, "bo/laptop": 1, "you/phone": 0 });
    const keys = document.createElement("homeroom-keys");
    keys.style.cssText = "block-size: 900px; inline-size: 900px";
    keys.names = new Map([["you/laptop", "You, laptop"]]);
    document.body.append(keys);
    // Until all that devices have still to tell of is shown.
    await waitFor(() => {
      keys.state = world.log.fold(keysFold);
      const shown = keys.shadowRoot?.textContent ?? "";
      return ["Identity known, not verified", "signed and verified", "1 of the 1"].every((words) =>
        shown.includes(words),
      );
    });
    await keys.updateComplete;
    const you = byName(keys, "region", "@you:garden.example")?.textContent ?? "";
    expect(you)
      .to.include("Verified identity")
      .and.include("signed and verified")
      .and.include("not signed by its owner");
    expect(byName(keys, "region", "@bo:garden.example")?.textContent).to.include(
      "Identity known, not verified",
    );
    expect(byName(keys, "region", "Secret storage, at the server")?.textContent).to.include(
      "m.cross_signing.master",
    );
    expect(byName(keys, "region", "Key backup, at the server")?.textContent).to.include("1 of the 1");
    expect(heldIn(world)).to.deep.equal({ "you/laptop": 1, "bo/laptop": 1, "you/phone": 0 });
    const table = byName(keys, "region", "Who holds which message key")?.textContent ?? "";
    expect(table).to.include("from message 0 on").and.include("not here");
    expect(keys.shadowRoot?.textContent).to.include("bo/laptop asked for 1 key of You, laptop");
    await expectAccessible(keys);
    keys.first = "one-time";
    await keys.updateComplete;
    expect(keys.shadowRoot?.querySelector("h3")?.textContent).to.equal("One-time keys");
    const own = world.log.fold(keysFold).devices.get("you/laptop")?.own;
    expect(keys.shadowRoot?.textContent).to.include(own?.identity?.master.slice(0, 8));
  });

  it("says that a key is renewed until the next message has it, and lists keys as they came up", async () => {
    const world = await openTestWorld(secretly());
    await does(world, { type: "send", person: "you", in: "chat", text: "one" });
    await until(world, { type: "shown", person: "bo", text: "one" });
    await untilHeld(world, { "you/laptop": 1, "bo/laptop": 1 });
    await does(world, { type: "newMessageKey", person: "you", in: "chat" });
    const keys = document.createElement("homeroom-keys");
    keys.state = world.log.fold(keysFold);
    document.body.append(keys);
    await keys.updateComplete;
    const [first] = keys.state.sessions;
    expect(keys.shadowRoot?.querySelector("[role=status]")?.textContent).to.include("gets a new key");
    await does(world, { type: "send", person: "you", in: "chat", text: "two" });
    await until(world, { type: "shown", person: "bo", text: "two" });
    await untilHeld(world, { "you/laptop": 2, "bo/laptop": 2 });
    await untilLog(world, () => world.log.fold(keysFold).renewed.size === 0);
    expect(world.log.fold(keysFold).sessions).to.have.length(2).and.property("0", first);
  });

  it("shows with a hand how a key is renewed, and how keys are taken", async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    const world = await openTestWorld(secretly());
    await does(world, { type: "send", person: "bo", in: "chat", text: "hello" });
    await until(world, { type: "shown", person: "you", text: "hello" });
    await untilHeld(world, { "you/laptop": 1, "bo/laptop": 1 });
    const keys = document.createElement("homeroom-keys");
    keys.state = world.log.fold(keysFold);
    const acts: Action[] = [];
    keys.addEventListener("homeroom-act", ({ action }) => void acts.push(action));
    document.body.append(keys);
    await keys.updateComplete;
    const hand = new PointerHand(new AbortController().signal);
    try {
      const bos = { person: "bo", device: "laptop" };
      expect(await keys.demonstrate({ type: "newMessageKey", ...bos, in: "chat" }, hand)).to.equal(true);
      expect(acts.at(-1)).to.include({ type: "newMessageKey", ...bos });
      const take = { type: "claimKeys", ...bos, user: "you", target: "laptop" } as const;
      expect(await keys.demonstrate({ ...take, count: 1 }, hand)).to.equal(true);
      const user = "@you:garden.example";
      const target = world.observation().deviceIds["you/laptop"];
      expect(acts.at(-1)).to.deep.equal({ ...take, user, target, count: 1 });
      expect(await keys.demonstrate(take, hand)).to.equal(true);
      expect(acts.at(-1)).to.have.property("count").that.is.above(1);
      expect(await keys.demonstrate({ type: "signOut", ...bos }, hand)).to.equal(false);
      // Whoever has taken the last ones by keyboard stays at the button.
      const all = keys.renderRoot.querySelector<HTMLElement>('[data-take="all"]')!;
      all.focus();
      const rows = [...keys.state.oneTime.keys].map(([id, each]) => [id, { ...each, left: 0 }] as const);
      keys.state = { ...keys.state, oneTime: { ...keys.state.oneTime, keys: new Map(rows) } };
      await keys.updateComplete;
      expect(keys.shadowRoot?.activeElement).to.equal(all);
      expect(all.getAttribute("aria-disabled")).to.equal("true");
    } finally {
      hand.leave();
      await emulateMedia({ reducedMotion: "no-preference" });
    }
  });
});
