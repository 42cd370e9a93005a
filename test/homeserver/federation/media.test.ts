import { expect } from "chai";
import type { TestUser } from "../test-server.ts";
import { LinkedServers } from "./linked-servers.ts";
import { TestPeer } from "./test-peer.ts";

const bytes = new TextEncoder().encode("\r\n--x\r\nhello\r\n--");

async function get(user: TestUser, path: string) {
  const url = `https://garden.example/_matrix/client/v1/media/${path}`;
  const headers = { authorization: `Bearer ${user.token}` };
  const response = await user.server.homeserver.fetch(new Request(url, { headers }));
  return {
    status: response.status,
    headers: response.headers,
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

async function scene() {
  const links = new LinkedServers();
  const garden = await links.start("garden.example");
  return { links, garden, ada: await garden.user("ada") };
}

function parted(lines: string, body: string): Response {
  const text = `--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\n${lines}\r\n\r\n${body}\r\n--b--`;
  return new Response(text, { headers: { "content-type": 'multipart/mixed; boundary="b"' } });
}

describe("media of other servers", () => {
  it("comes as it went up, and once", async () => {
    const { links, ada, garden } = await scene();
    const harbor = await links.start("harbor.example");
    const bo = await harbor.user("bo");
    const uploaded = await harbor.homeserver.fetch(
      new Request(
        `https://harbor.example/_matrix/media/v3/upload?filename=${encodeURIComponent('thé "1".txt')}`,
        {
          method: "POST",
          headers: { authorization: `Bearer ${bo.token}`, "content-type": "text/plain" },
          body: bytes,
        },
      ),
    );
    const { content_uri: uri } = (await uploaded.json()) as { content_uri: string };
    const path = `download/${uri.slice("mxc://".length)}`;
    const both = await Promise.all([get(ada, path), get(ada, path)]);
    for (const { status, headers, body } of both) {
      expect(status).to.equal(200);
      expect(body).to.deep.equal(bytes);
      expect(headers.get("content-type")).to.equal("text/plain");
      expect(headers.get("content-disposition")).to.equal("inline; filename*=utf-8''th%C3%A9%20%221%22.txt");
      expect(headers.get("content-security-policy")).to.match(/^sandbox;/);
    }
    links.away.add("harbor.example");
    ada.server = garden;
    expect((await get(ada, path)).body).to.deep.equal(bytes);
    expect(links.to("harbor.example", "/media/download/")).to.have.length(1);
    expect((await get(ada, "download/harbor.example/other")).status).to.equal(504);
  });

  it("is followed to where it is, and fetched the old way from old servers", async () => {
    const { links, ada } = await scene();
    const peer = new TestPeer(links, "harbor.example");
    links.hosts.set("cdn.example", async (request) =>
      request.url.endsWith("/first")
        ? new Response(null, { status: 307, headers: { location: "/second" } })
        : new Response("from elsewhere", { headers: { "content-type": "text/html" } }),
    );
    peer.answers.set("media/download/moved", () => parted("Location: https://cdn.example/first", ""));
    const moved = await get(ada, "download/harbor.example/moved");
    expect(new TextDecoder().decode(moved.body)).to.equal("from elsewhere");
    expect(moved.headers.get("content-disposition")).to.equal("attachment");
    peer.answers.set("media/v3/download/harbor.example/old", () => new Response("old"));
    expect(new TextDecoder().decode((await get(ada, "download/harbor.example/old")).body)).to.equal("old");
    expect(links.to("harbor.example", "media/v3").at(-1)!.path).to.match(/allow_remote=false/);
    const plain = parted("Content-Type: image/png", "picture");
    peer.answers.set("media/download/plain", () => plain);
    expect(new TextDecoder().decode((await get(ada, "download/harbor.example/plain")).body)).to.equal(
      "picture",
    );
  });

  it("fails as it should", async () => {
    const { links, ada } = await scene();
    const peer = new TestPeer(links, "harbor.example");
    const error = (status: number, errcode: string) => Response.json({ errcode, error: "" }, { status });
    const cases: [string, () => Response, number, string][] = [
      ["gone", () => error(404, "M_NOT_FOUND"), 404, "M_NOT_FOUND"],
      ["late", () => error(504, "M_NOT_YET_UPLOADED"), 504, "M_NOT_YET_UPLOADED"],
      ["large", () => error(502, "M_TOO_LARGE"), 502, "M_TOO_LARGE"],
      ["huge", () => new Response("", { headers: { "content-length": "999999999999" } }), 502, "M_TOO_LARGE"],
      ["text", () => new Response("hello"), 502, "M_UNKNOWN"],
      [
        "half",
        () => new Response("--b\r\n\r\n{}", { headers: { "content-type": "multipart/mixed; boundary=b" } }),
        502,
        "M_UNKNOWN",
      ],
      ["insecure", () => parted("Location: http://cdn.example/", ""), 502, "M_UNKNOWN"],
      ["script", () => parted("Location: javascript:alert(1)", ""), 502, "M_UNKNOWN"],
    ];
    for (const [id, answer, status, errcode] of cases) {
      peer.answers.set(`media/download/${id}`, answer);
      const failed = await get(ada, `download/harbor.example/${id}`);
      expect([failed.status, JSON.parse(new TextDecoder().decode(failed.body)).errcode], id).to.deep.equal([
        status,
        errcode,
      ]);
    }
    expect((await get(ada, "download/harbor.example/a%2Fb")).status).to.equal(400);
    expect((await get(ada, "download/no%20server/a")).status).to.equal(400);
  });

  it("is thumbnailed for other servers, too", async () => {
    const links = new LinkedServers();
    const thumbnails = {
      make: async () => ({ bytes: new TextEncoder().encode("tiny"), type: "image/png" as const }),
    };
    const garden = await links.start("garden.example", {}, { thumbnails });
    const ada = await garden.user("ada");
    const peer = new TestPeer(links, "harbor.example");
    const uploaded = await garden.homeserver.fetch(
      new Request("https://garden.example/_matrix/media/v3/upload", {
        method: "POST",
        headers: { authorization: `Bearer ${ada.token}`, "content-type": "image/gif" },
        body: bytes,
      }),
    );
    const id = ((await uploaded.json()) as { content_uri: string }).content_uri.split("/").at(-1);
    const path = `/_matrix/federation/v1/media/thumbnail/${id}`;
    const made = await peer.fetch(garden, "GET", `${path}?width=10&height=10`);
    const [, about, image] = (await made.text()).split(/--\w+\r\n/);
    expect(about).to.equal("content-type: application/json\r\n\r\n{}\r\n");
    expect(image).to.match(/content-type: image\/png\r\n\r\ntiny\r\n--\w+--\r\n$/);
    const wrong = await peer.request(garden, "GET", path);
    expect([wrong.status, wrong.body.errcode]).to.deep.equal([400, "M_MISSING_PARAM"]);
    const missing = await peer.request(garden, "GET", "/_matrix/federation/v1/media/download/none");
    expect(missing.status).to.equal(404);
  });
});
