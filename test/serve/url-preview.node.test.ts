import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { ask, type RunningServe, register, serve } from "./running-serve.ts";

const picture = Buffer.from("a picture, as far as anybody here can tell");
const asked: string[] = [];

/** A small web, good and bad. */
const web: RequestListener = (request, response) => {
  const path = request.url ?? "";
  asked.push(path);
  const html = (text: string | Buffer, type = "text/html; charset=utf-8") =>
    response.writeHead(200, { "content-type": type }).end(text);
  if (path === "/full") {
    html(`<!doctype html><html><head><title>Not this</title>
      <meta property="og:title" content="The &quot;garden&quot;"><meta property='og:title' content='second'>
      <meta property="og:description" content="Grüße"><meta property="og:site_name" content="Site">
      <meta property="og:image" content="/picture.png"><meta property="og:image:width" content="7">
      </head><body><p>text</p>`);
  } else if (path === "/plain")
    html("<title>  Only\n a title </title><meta name=description content='In words'>");
  else if (path === "/latin")
    html(Buffer.from("<title>Gr\xfc\xdfe</title>", "latin1"), "text/html; charset=iso-8859-1");
  else if (path === "/picture.png") response.writeHead(200, { "content-type": "image/png" }).end(picture);
  else if (path === "/moved") response.writeHead(301, { location: "/plain" }).end();
  else if (path === "/circle") response.writeHead(302, { location: "/circle" }).end();
  else if (path === "/file") response.writeHead(302, { location: "file:///etc/passwd" }).end();
  else if (path === "/data") response.writeHead(200, { "content-type": "application/zip" }).end("PK");
  else if (path === "/large") html(`<title>Large</title>${"<p>more</p>".repeat(400_000)}`);
  else if (path === "/broken") html("<<<html><title>Broken</titl<meta property=og:title content=Mended");
  else response.writeHead(404).end();
};

describe("previews of what is at an address", () => {
  const server = createServer(web);
  let base = "";
  let lab: RunningServe;
  let token = "";
  let at = "";

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    lab = serve("--server-name", "garden.example", "--port", "0", "--open-registration", "--lab");
    at = await lab.address;
    token = await register(at, "ada");
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await lab.stop();
  });

  const preview = (url: string, address = at, asker = token) => {
    const path = `/_matrix/client/v1/media/preview_url?url=${encodeURIComponent(url)}`;
    return ask(address, "GET", path, undefined, asker);
  };

  it("tell what a page says of itself, with its picture kept here", async () => {
    const { status, body } = await preview(`${base}/full`);
    assert.equal(status, 200);
    const { "og:image": image, ...words } = body;
    assert.deepEqual(words, {
      "og:title": 'The "garden"',
      "og:description": "Grüße",
      "og:site_name": "Site",
      "og:image:type": "image/png",
      "matrix:image:size": picture.length,
    });
    const download = `/_matrix/client/v1/media/download/${image!.replace("mxc://", "")}`;
    const got = await fetch(new URL(download, at), { headers: { authorization: `Bearer ${token}` } });
    assert.ok(picture.equals(Buffer.from(await got.arrayBuffer())));
  });

  it("make do with a title, follow redirects, read other encodings, large and broken pages", async () => {
    const plain = { "og:title": "Only a title", "og:description": "In words" };
    assert.deepEqual((await preview(`${base}/plain`)).body, plain);
    assert.deepEqual((await preview(`${base}/moved`)).body, plain);
    assert.deepEqual((await preview(`${base}/latin`)).body, { "og:title": "Grüße" });
    assert.deepEqual((await preview(`${base}/large`)).body, { "og:title": "Large" });
    assert.equal((await preview(`${base}/broken`)).status, 200);
    assert.deepEqual((await preview(`${base}/data`)).body, {});
    const shown = (await preview(`${base}/picture.png`)).body;
    assert.match(shown["og:image"]!, /^mxc:\/\/garden\.example\//);
  });

  it("are asked of the page once", async () => {
    const before = asked.filter((path) => path === "/plain?once").length;
    await Promise.all([preview(`${base}/full#a`), preview(`${base}/full#b`)]);
    assert.equal(asked.filter((path) => path === "/full").length, 1 + before);
  });

  it("refuse what is no address of the web, and say what does not answer", async () => {
    for (const url of [
      "file:///etc/passwd",
      "not an address",
      "ftp://127.0.0.1/",
      "http://user:word@127.0.0.1/",
    ]) {
      const { status, body } = await preview(url);
      assert.deepEqual([status, body.errcode], [400, "M_INVALID_PARAM"], url);
    }
    for (const url of [`${base}/nothing`, `${base}/circle`, `${base}/file`, "http://127.0.0.1:1/"]) {
      const { status, body } = await preview(url);
      assert.deepEqual([status, body.errcode], [502, "M_UNKNOWN"], url);
    }
    const missing = await ask(at, "GET", "/_matrix/client/v1/media/preview_url", undefined, token);
    assert.deepEqual([missing.status, missing.body.errcode], [400, "M_MISSING_PARAM"]);
  });

  it("are off unless told otherwise, and then go to no private address", async () => {
    const flags = ["--server-name", "garden.example", "--port", "0", "--open-registration"];
    const [off, on] = [serve(...flags), serve(...flags, "--url-previews")];
    const [offAt, onAt] = [await off.address, await on.address];
    const refused = await preview(`${base}/full`, offAt, await register(offAt, "ada"));
    assert.deepEqual([refused.status, refused.body.errcode], [404, "M_UNRECOGNIZED"]);
    const onToken = await register(onAt, "ada");
    for (const url of [
      `${base}/full`,
      base.replace("127.0.0.1", "localhost"),
      "http://[::1]/",
      "http://2130706433/",
    ]) {
      const { status, body } = await preview(url, onAt, onToken);
      assert.deepEqual([status, body.errcode], [403, "M_FORBIDDEN"], url);
    }
    await Promise.all([off.stop(), on.stop()]);
  });
});
