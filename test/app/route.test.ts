import { expect } from "chai";
import { parseRoute, type Route, routePath } from "../../src/app/route.ts";

describe("the site's addresses", () => {
  const routes: [path: string, route: Route][] = [
    ["", { page: "home" }],
    ["about/", { page: "about" }],
    ["seeds/", { page: "seeds" }],
    ["tutorials/hello/", { page: "tutorial", tutorial: "hello" }],
    ["tutorials/hello/name/", { page: "tutorial", tutorial: "hello", step: "name" }],
  ];
  for (const [path, route] of routes) {
    it(`leads both ways between "${path}" and its page`, () => {
      expect(routePath(route)).to.equal(path);
      expect(parseRoute(path)).to.deep.equal(route);
    });
  }

  it("takes a file's name, and a missing slash, for the same page", () => {
    expect(parseRoute("index.html")).to.deep.equal({ page: "home" });
    expect(parseRoute("tutorials/hello/name/index.html")).to.deep.equal(parseRoute("tutorials/hello/name/"));
    expect(parseRoute("tutorials/hello")).to.deep.equal(parseRoute("tutorials/hello/"));
  });

  it("knows no other address", () => {
    for (const path of ["tutorials/", "tutorials//", "nowhere/", "about/us/", "tutorials/hello/name/more/"]) {
      expect(parseRoute(path), path).to.deep.equal({ page: "not-found" });
    }
  });
});
