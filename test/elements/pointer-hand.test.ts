import { emulateMedia } from "@web/test-runner-commands";
import { expect } from "chai";
import { PointerHand } from "../../src/elements/pointer-hand.ts";

describe("PointerHand", () => {
  let place: HTMLElement;
  let stop: AbortController;
  let hand: PointerHand;

  beforeEach(() => {
    stop = new AbortController();
    hand = new PointerHand(stop.signal);
    place = document.createElement("div");
    place.innerHTML = `<button>Go</button><input value="old"><div style="block-size: 3000px"></div><button>Far</button>`;
    document.body.append(place);
  });

  afterEach(async () => {
    hand.leave();
    place.remove();
    await emulateMedia({ reducedMotion: "no-preference" });
  });

  const pointer = () =>
    document
      .querySelector("homeroom-pointer")
      ?.shadowRoot?.querySelector(".pointer")
      ?.getBoundingClientRect() ?? expect.fail();

  it("goes to a control that is out of sight, and clicks it as a mouse does", async () => {
    const far = [...place.querySelectorAll("button")].at(-1) ?? expect.fail();
    const heard: string[] = [];
    for (const type of ["pointerdown", "mousedown", "mouseup", "click"])
      far.addEventListener(type, (event) => heard.push(`${event.type} ${event.isTrusted}`));
    await hand.click(far);
    expect(heard).to.deep.equal(["pointerdown false", "mousedown false", "mouseup false", "click false"]);
    const box = far.getBoundingClientRect();
    expect(pointer().x).to.be.within(box.left - 10, box.right);
    expect(pointer().y).to.be.within(box.top - 10, box.bottom);
    expect(document.activeElement).to.equal(far);
  });

  it("types letter by letter, over what was there", async () => {
    const field = place.querySelector("input") ?? expect.fail();
    const seen: string[] = [];
    field.addEventListener("input", () => seen.push(field.value));
    await hand.type(field, "hi 👋");
    expect(seen).to.deep.equal(["", "h", "hi", "hi ", "hi 👋"]);
  });

  it("does not travel where motion is to be reduced", async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    const button = place.querySelector("button") ?? expect.fail();
    const moving = hand.moveTo(button);
    expect(pointer().y).to.be.within(
      button.getBoundingClientRect().top - 10,
      button.getBoundingClientRect().bottom,
    );
    await moving;
  });

  it("stops at once, and does no more", async () => {
    const button = place.querySelector("button") ?? expect.fail();
    let clicked = false;
    button.addEventListener("click", () => {
      clicked = true;
    });
    const clicking = hand.click(button).then(
      () => "done",
      (error: Error) => error.name,
    );
    stop.abort();
    expect(await clicking).to.equal("AbortError");
    expect(
      await hand.type(place.querySelector("input") ?? expect.fail(), "x").catch((error: Error) => error.name),
    ).to.equal("AbortError");
    expect(clicked).to.equal(false);
    hand.leave();
    expect(document.querySelector("homeroom-pointer")).to.equal(null);
  });

  it("is in nobody's way, and nothing to a screen reader", () => {
    const host = document.querySelector<HTMLElement>("homeroom-pointer") ?? expect.fail();
    expect(getComputedStyle(host).pointerEvents).to.equal("none");
    expect(host.getAttribute("aria-hidden")).to.equal("true");
  });
});
