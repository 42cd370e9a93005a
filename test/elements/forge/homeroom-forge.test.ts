import { expect } from "chai";
import { forgeFold } from "../../../src/elements/forge/forge-fold.ts";
import "../../../src/elements/forge/homeroom-forge.ts";
import type { HomeroomForge } from "../../../src/elements/forge/homeroom-forge.ts";
import { graphFold } from "../../../src/elements/graph/graph-fold.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { Action } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { MadeRoom, you } from "../graph/made-room.ts";
import { garden, harbor } from "../made-log.ts";

let element: HomeroomForge;
let acts: Action[];

async function show({ log }: MadeRoom): Promise<void> {
  element.graph = log.entries.reduce(graphFold.step, graphFold.initial);
  element.attempts = log.entries.reduce(forgeFold.step, forgeFold.initial);
  await element.updateComplete;
}

function control<Kind extends HTMLElement>(name: string): Kind {
  return element.renderRoot.querySelector<Kind>(`[name="${name}"]`)!;
}

function write(text: string): void {
  const desk = control<HTMLTextAreaElement>("pdu");
  desk.value = text;
  desk.dispatchEvent(new Event("input"));
}

async function choose(name: string, value: string): Promise<void> {
  const select = control<HTMLSelectElement>(name);
  select.value = value;
  select.dispatchEvent(new Event("change"));
  await element.updateComplete;
}

function send(): void {
  element.renderRoot.querySelector<HTMLButtonElement>(".send")!.click();
}

function outcomes(): string[] {
  return [...element.renderRoot.querySelectorAll(".outcome li")].map((each) => each.textContent!.trim());
}

/** What the harbour forged, as a world logs it. */
function forged({ log }: MadeRoom): number {
  log.add({ type: "action", person: "you", action: { type: "forge", server: harbor }, scripted: false });
  return log.out(harbor, garden, "PUT", "/_matrix/federation/v1/send/f1");
}

describe("homeroom-forge", () => {
  let room: MadeRoom;

  beforeEach(async () => {
    acts = [];
    room = new MadeRoom();
    room.says(you, "Mint, please");
    element = document.createElement("homeroom-forge");
    element.server = harbor;
    element.style.cssText = "display:block;width:360px;height:600px";
    element.addEventListener("homeroom-act", ({ action }) => acts.push(action));
    document.body.append(element);
    await show(room);
  });
  afterEach(() => element.remove());

  it("sends the event as it was edited", async () => {
    const pdu = JSON.parse(control<HTMLTextAreaElement>("pdu").value) as JsonObject;
    expect(pdu.content).to.deep.equal({ msgtype: "m.text", body: "Mint, please" });
    const edited = { ...pdu, content: { msgtype: "m.text", body: "Coffee!" } };
    write(JSON.stringify(edited));
    await choose("hash", "kept");
    await choose("sign", "stranger");
    await choose("claim", garden);
    send();
    expect(acts).to.deep.equal([
      {
        ...{ type: "forge", server: harbor, in: room.id, pdu: edited },
        ...{ hash: "kept", sign: "stranger", claim: garden },
      },
    ]);
  });

  it("says where the text is no JSON, and keeps it", async () => {
    write('{"type": ');
    send();
    await element.updateComplete;
    expect(element.renderRoot.querySelector("[role=alert]")!.textContent).to.match(
      /^This is no JSON any more: /,
    );
    expect(control<HTMLTextAreaElement>("pdu").value).to.equal('{"type": ');
    expect(element.shadowRoot?.activeElement).to.equal(control("pdu"));
    write("[]");
    send();
    await element.updateComplete;
    expect(element.renderRoot.querySelector("[role=alert]")!.textContent).to.equal(
      "An event is a JSON object, in braces.",
    );
    expect(acts).to.deep.equal([]);
  });

  it("takes the event to the desk that is opened in the inspector", async () => {
    const [create] = room.events.keys();
    element.selected = { event: create! };
    await element.updateComplete;
    expect(JSON.parse(control<HTMLTextAreaElement>("pdu").value)).to.have.property("type", "m.room.create");
  });

  it("tells what each server made of it", async () => {
    const exchange = forged(room);
    await show(room);
    expect(outcomes()).to.deep.equal(["It is on its way."]);
    const refusal = { code: "federation/bad-signature", facts: { server: garden, sender: you } };
    room.log.held(exchange);
    room.log.fact(garden, { type: "event-dropped", room: room.id, pdu: {}, origin: harbor, refusal });
    room.log.back(exchange, { answer: { pdus: {} } }).done(exchange);
    await show(room);
    expect(outcomes()).to.deep.equal([
      "garden.example throws it away: it has no signature that fits from garden.example, where its sender lives",
    ]);
  });

  it("tells of what was refused, lost, or known already", async () => {
    const refused = forged(room);
    room.log
      .held(refused)
      .back(refused, { status: 401, answer: { errcode: "M_UNAUTHORIZED", error: "No." } });
    await show(room);
    expect(outcomes()).to.deep.equal(["garden.example does not even read it: 401, No."]);
    const known = forged(room);
    room.log.held(known).back(known, { answer: { pdus: {} } });
    await show(room);
    expect(outcomes()).to.deep.equal(["garden.example has it already, and changes nothing"]);
    const lost = forged(room);
    room.log.add({ type: "exchange-failed", exchange: lost, reason: "lost" });
    await show(room);
    expect(outcomes()).to.deep.equal(["It did not get to garden.example"]);
  });

  it("plays a forgery through its own controls", async () => {
    const hand = {
      signal: new AbortController().signal,
      moveTo: async () => {},
      click: async (target: HTMLElement) => target.click(),
      type: async () => {},
    };
    const action: Action = {
      ...{ type: "forge", server: harbor, in: "tea", from: you, event: "m.room.message" },
      ...{ change: { content: { body: "Coffee!" } }, sign: "own" },
    };
    expect(await element.demonstrate(action, hand)).to.equal(true);
    expect(acts).to.have.length(1);
    expect(acts[0]).to.have.nested.property("pdu.content.body", "Coffee!");
    expect(await element.demonstrate({ ...action, server: garden }, hand)).to.equal(false);
  });

  it("is accessible in both themes", async () => {
    const exchange = forged(room);
    room.log.held(exchange).back(exchange, { answer: {} });
    await show(room);
    write("{");
    send();
    await element.updateComplete;
    await expectAccessible(element);
  });
});
