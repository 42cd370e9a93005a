import { expect } from "chai";
import { chairsFold } from "../../../src/elements/chairs/chairs-fold.ts";
import "../../../src/elements/chairs/homeroom-chairs.ts";
import { serverLooks } from "../../../src/elements/server-look.ts";
import type { Action } from "../../../src/world/action.ts";
import { addPhone, does, secretly } from "../../world/encrypted-worlds.ts";
import { closeWorlds, openTestWorld, until } from "../../world/open-worlds.ts";
import { expectAccessible } from "../accessible.ts";
import { allText, byName, waitFor } from "../deep.ts";

const marker = "the harbour at noon";

describe("The chairs", () => {
  afterEach(async () => {
    document.querySelector("homeroom-chairs")?.remove();
    await closeWorlds();
  });

  it("show one message open, sealed, and open again, and what each chair holds and learns", async () => {
    const world = await openTestWorld(secretly());
    await does(world, { type: "setUpIdentity", person: "you" });
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    await addPhone(world);
    await until(world, { type: "sealed", person: "you", device: "phone" });
    const chairs = document.createElement("homeroom-chairs");
    chairs.style.cssText = "block-size: 600px; inline-size: 1300px";
    const acts: Action[] = [];
    chairs.addEventListener("homeroom-act", ({ action }) => acts.push(action));
    chairs.state = world.log.fold(chairsFold);
    chairs.names = new Map([["you/laptop", "Your laptop"]]);
    chairs.looks = serverLooks([{ name: "garden.example", symbol: "leaf" }]);
    chairs.chairs = [
      { kind: "device", host: "you/laptop", name: "You", device: "laptop" },
      { kind: "server", host: "garden.example" },
      { kind: "device", host: "bo/laptop", name: "Bo", device: "laptop" },
      { kind: "device", host: "you/phone", name: "You", device: "phone" },
      { kind: "line" },
    ];
    document.body.append(chairs);
    // Until all that devices have still to tell of is shown.
    await waitFor(() => {
      chairs.state = world.log.fold(chairsFold);
      const shown = allText(chairs);
      return ["made here", "came from the sender", "no backup that might have it"].every((words) =>
        shown.includes(words),
      );
    });
    await chairs.updateComplete;
    const textOf = (name: string): string => byName(chairs, "region", name)?.textContent ?? "";
    expect(textOf("The chair of You, laptop")).to.include(marker).and.include("made here");
    expect(textOf("The chair of Bo, laptop")).to.include(marker).and.include("came from the sender");
    const server = textOf("The chair of garden.example");
    expect(server).to.include("m.room.encrypted").and.include("It never learns").and.not.include(marker);
    const late = textOf("The chair of You, phone");
    expect(late)
      .to.include("Waiting for this message")
      .and.include("no backup that might have it")
      .and.not.include(marker);
    expect(late).to.include("not verified");
    expect(textOf("On the line")).to.include("Your laptop → garden.example").and.not.include(marker);
    await expectAccessible(chairs);
    byName(chairs, "region", "The chair of garden.example")
      ?.querySelector<HTMLElement>("button.sealed")
      ?.click();
    expect(acts[0]).to.have.nested.property("at.event.id").that.matches(/^\$/);
    expect(allText(chairs).match(new RegExp(marker, "g"))).to.have.length(2);
  });
});
