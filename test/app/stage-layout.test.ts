import { expect } from "chai";
import { arrange, stageViews, viewId } from "../../src/app/stage-layout.ts";
import type { Scenario, ScenarioPerson } from "../../src/world/scenario.ts";

const person = (id: string, ...devices: string[]): ScenarioPerson => ({
  id,
  name: id,
  at: "garden.example",
  devices: devices.map((name) => ({ name, kind: "laptop", client: "bubbles" })),
  script: [],
});
const scenario: Scenario = {
  servers: [{ name: "garden.example", symbol: "leaf" }],
  people: [person("you", "laptop", "tablet"), person("bo", "phone")],
  prepare: [],
  seed: "layout",
  latency: { device: 40, server: 80 },
};

const everything = { network: true, chat: ["you", "bo"], inspector: true, log: true, time: true };
const places = (width: number): string[] =>
  arrange(stageViews(everything, scenario, []), width).places.map((place) => place.map(viewId).join("+"));

describe("the stage's layout", () => {
  it("opens the views that a step names, and the first device of a person", () => {
    const views = stageViews({ chat: ["bo", "you", "you/tablet"], network: true }, scenario, []);
    expect(views.map(viewId)).to.deep.equal([
      "network",
      "chat-bo-phone",
      "chat-you-laptop",
      "chat-you-tablet",
    ]);
  });

  it("shows a device that came into the scene later, and none that is not there", () => {
    const late = [{ person: "you", device: { name: "phone", kind: "phone", client: "lines" } as const }];
    expect(stageViews({ chat: ["you/phone", "cy", "bo/watch"] }, scenario, late).map(viewId)).to.deep.equal([
      "chat-you-phone",
    ]);
  });

  it("puts the map above, and all else beside each other where there is room", () => {
    expect(arrange(stageViews(everything, scenario, []), 1300).above?.view).to.equal("network");
    expect(places(1300)).to.deep.equal(["chat-you-laptop", "chat-bo-phone", "inspector", "log"]);
  });

  it("puts the keys above where there is no map, with the part that is spoken of", () => {
    const { above, places } = arrange(
      stageViews({ keys: "one-time", chat: ["you", "bo"], log: true }, scenario, []),
      1000,
    );
    expect(above).to.deep.equal({ view: "keys", part: "one-time" });
    expect(places.map((place) => place.map(viewId))).to.deep.equal([
      ["chat-you-laptop"],
      ["chat-bo-phone"],
      ["log"],
    ]);
  });

  it("lets tools share a place before people do", () => {
    expect(places(1000)).to.deep.equal(["chat-you-laptop", "chat-bo-phone", "inspector+log"]);
    expect(places(700)).to.deep.equal(["chat-you-laptop+chat-bo-phone", "inspector+log"]);
  });

  it("shows one view at a time on a phone, with what one works with first", () => {
    const { above, places } = arrange(stageViews(everything, scenario, []), 390);
    expect(above).to.equal(undefined);
    expect(places.map((place) => place.map(viewId))).to.deep.equal([
      ["chat-you-laptop", "chat-bo-phone", "network", "inspector", "log"],
    ]);
  });

  it("leaves nothing out, however narrow", () => {
    for (let width = 300; width < 1600; width += 50) {
      const { above, places } = arrange(stageViews(everything, scenario, []), width);
      expect([...(above ? [above] : []), ...places.flat()].length, `${width} px`).to.equal(5);
    }
  });
});
