import { expect } from "chai";
import { html, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import own from "./vite-in-test-runner.test.ts?raw";

describe("a test in the browser", () => {
  it("gets what Vite makes: types removed, text files, packages, one copy of each", () => {
    expect(own).to.contain("a test in the browser");
    const place = document.createElement("div");
    render(html`${repeat(["a", "b"], (name: string) => html`<b>${name}</b>`)}`, place);
    expect(place.textContent).to.equal("ab");
  });

  it("can load the SDK", async () => {
    const { createClient } = await import("matrix-js-sdk");
    const client = createClient({ baseUrl: "https://garden.example", fetchFn: globalThis.fetch });
    expect(client.getHomeserverUrl()).to.equal("https://garden.example");
  });
});
