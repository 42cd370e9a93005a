import { expect } from "chai";
import { Router } from "../../src/app/router.ts";

describe("the router", () => {
  const popped = (): Promise<unknown> =>
    new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));

  it("leaves links within a page to the browser, and follows its history between pages", async () => {
    const arrivals: string[] = [];
    const router = new Router(new URL("./", location.href), ({ page }, how) =>
      arrivals.push(`${page} by ${how}`),
    );
    let moved = popped();
    location.hash = "content";
    await moved;
    expect(arrivals).to.deep.equal([]);
    router.go({ page: "about" });
    moved = popped();
    history.back();
    await moved;
    expect(arrivals).to.deep.equal(["about by link", "home by history"]);
    moved = popped();
    history.back();
    await moved;
    expect(arrivals).to.have.length(2);
  });
});
