import { expect } from "chai";
import { byteRange } from "../../../src/homeserver/media/byte-range.ts";
import { TestServer, type TestUser } from "../test-server.ts";

const bytes = new TextEncoder().encode("<script>alert('tea')</script>");

function media(user: TestUser, method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${user.token}`);
  const url = `https://garden.example/_matrix/${path}`;
  return user.server.homeserver.fetch(new Request(url, { ...init, method, headers }));
}

async function upload(user: TestUser, type: string, query = ""): Promise<string> {
  const answer = await media(user, "POST", `media/v3/upload${query}`, {
    body: bytes,
    headers: { "content-type": type },
  });
  const { content_uri } = (await answer.json()) as { content_uri: string };
  return content_uri.slice("mxc://".length);
}

describe("media", () => {
  it("comes back as it went up, and cannot act as a page", async () => {
    const bo = await (await TestServer.start()).user("bo");
    const id = await upload(bo, "text/html", "?filename=t%22ea.html");
    const answer = await media(bo, "GET", `client/v1/media/download/${id}`);
    expect(new Uint8Array(await answer.arrayBuffer())).to.deep.equal(bytes);
    expect(answer.headers.get("content-disposition")).to.equal('attachment; filename="t\\"ea.html"');
    expect(answer.headers.get("content-security-policy")).to.match(/^sandbox;/);
    expect(answer.headers.get("x-content-type-options")).to.equal("nosniff");
    const named = await media(bo, "GET", `client/v1/media/download/${id}/${encodeURIComponent("thé.html")}`);
    expect(named.headers.get("content-disposition")).to.equal("attachment; filename*=utf-8''th%C3%A9.html");
  });

  it("has the paths of r0, as versions tells", async () => {
    const server = await TestServer.start();
    const { versions } = (await server.call("GET", "versions")).body;
    expect(versions).to.include("r0.6.1");
    const bo = await server.user("bo");
    const answer = await media(bo, "POST", "media/r0/upload", { body: bytes });
    expect(answer.status).to.equal(200);
    expect(await bo.done("GET", "/_matrix/media/r0/config")).to.have.property("m.upload.size");
    expect(await bo.done("GET", "r0/account/whoami")).to.include({ user_id: bo.id });
  });

  it("is shown in place where that is safe, and in parts", async () => {
    const bo = await (await TestServer.start()).user("bo");
    const id = await upload(bo, "image/png");
    const part = await media(bo, "GET", `client/v1/media/download/${id}`, {
      headers: { range: "bytes=1-6" },
    });
    expect(part.status).to.equal(206);
    expect(await part.text()).to.equal("script");
    expect(part.headers.get("content-range")).to.equal(`bytes 1-6/${bytes.length}`);
    expect(part.headers.get("content-disposition")).to.equal("inline");
    const beyond = await media(bo, "GET", `client/v1/media/download/${id}`, {
      headers: { range: "bytes=900-" },
    });
    expect(beyond.status).to.equal(416);
  });

  it("needs a token, an id that can be, and a file behind it", async () => {
    const server = await TestServer.start();
    const bo = await server.user("bo");
    const id = await upload(bo, "image/png");
    expect((await server.call("GET", `v1/media/download/${id}`)).body.errcode).to.equal("M_MISSING_TOKEN");
    expect((await server.call("GET", `/_matrix/media/v3/download/${id}`)).body.errcode).to.equal(
      "M_NOT_FOUND",
    );
    const ofNobody = await bo.call("GET", "v1/media/download/garden.example/nothing");
    expect(ofNobody.body.errcode).to.equal("M_NOT_FOUND");
    const climbing = await bo.call("GET", `v1/media/download/garden.example/${encodeURIComponent("../etc")}`);
    expect(climbing.body.errcode).to.equal("M_INVALID_PARAM");
  });

  it("may be named first and come later", async () => {
    const server = await TestServer.start();
    const [bo, cy] = [await server.user("bo"), await server.user("cy")];
    const created = await bo.done("POST", "/_matrix/media/v1/create");
    const id = String(created.content_uri).slice("mxc://".length);
    const early = await bo.call("GET", `v1/media/download/${id}?timeout_ms=0`);
    expect([early.status, early.body.errcode]).to.deep.equal([504, "M_NOT_YET_UPLOADED"]);

    const waiting = media(cy, "GET", `client/v1/media/download/${id}`);
    expect((await media(cy, "PUT", `media/v3/upload/${id}`, { body: bytes })).status).to.equal(403);
    expect((await media(bo, "PUT", `media/v3/upload/${id}`, { body: bytes })).status).to.equal(200);
    expect(new Uint8Array(await (await waiting).arrayBuffer())).to.deep.equal(bytes);
    const again = await media(bo, "PUT", `media/v3/upload/${id}`, { body: bytes });
    expect(((await again.json()) as { errcode: string }).errcode).to.equal("M_CANNOT_OVERWRITE_MEDIA");
  });

  it("has a largest size", async () => {
    const server = await TestServer.start({ limits: { uploadBytes: 10 } });
    const bo = await server.user("bo");
    expect(await bo.done("GET", "v1/media/config")).to.deep.equal({ "m.upload.size": 10 });
    const answer = await media(bo, "POST", "media/v3/upload", { body: bytes });
    expect(answer.status).to.equal(413);
  });

  it("reads ranges as HTTP has them", () => {
    expect(byteRange("bytes=-3", 10)).to.deep.equal({ first: 7, last: 9 });
    expect(byteRange("bytes=4-", 10)).to.deep.equal({ first: 4, last: 9 });
    expect(byteRange("bytes=4-99", 10)).to.deep.equal({ first: 4, last: 9 });
    expect(byteRange("bytes=0-0", 0)).to.equal("unsatisfiable");
    for (const whole of [null, "bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,3-4"]) {
      expect(byteRange(whole, 10), String(whole)).to.equal(undefined);
    }
  });
});
