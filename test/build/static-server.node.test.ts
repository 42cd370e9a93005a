import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { serveFolder } from "../../src/build/static-server.ts";

describe("the static server", () => {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-static-"));
  before(() => {
    mkdirSync(join(folder, "lesson/assets"), { recursive: true });
    writeFileSync(join(folder, "index.html"), "<p>front</p>".repeat(200));
    writeFileSync(join(folder, "lesson/index.html"), "<p>lesson</p>");
    writeFileSync(join(folder, "lesson/assets/a.js"), "1;");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("serves files below its base path, and folders by their index.html", async (test) => {
    const server = await serveFolder(folder, { base: "/deep/down/" });
    test.after(() => server.close());
    assert.match(server.address, /^http:\/\/localhost:\d+\/deep\/down\/$/);

    const front = await fetch(server.address);
    assert.equal(front.status, 200);
    assert.match(await front.text(), /front/);
    assert.equal(front.headers.get("content-encoding"), "gzip");

    const lesson = await fetch(`${server.address}lesson`);
    assert.equal(lesson.url, `${server.address}lesson/`);
    assert.match(await lesson.text(), /lesson/);

    const script = await fetch(`${server.address}lesson/assets/a.js`);
    assert.match(script.headers.get("content-type") ?? "", /javascript/);
    assert.match(script.headers.get("cache-control") ?? "", /immutable/);

    for (const path of ["nothing", "../", "%2e%2e/", "..%2f..%2fetc/passwd"]) {
      assert.equal((await fetch(`${server.address}${path}`)).status, 404, path);
    }
  });

  for (const host of ["127.0.0.1", "::1"]) {
    it(`goes to the next port where one is taken on ${host}`, async (test) => {
      const other = createServer().listen(0, host);
      await once(other, "listening");
      test.after(() => other.close());
      const { port } = other.address() as { port: number };
      const server = await serveFolder(folder, { port });
      test.after(() => server.close());
      assert.ok(Number(new URL(server.address).port) > port);
      assert.equal((await fetch(server.address)).status, 200);
    });
  }
});
