import { expect } from "chai";
import { canvasThumbnails } from "../../src/world/canvas-thumbnails.ts";
import { memoryPorts } from "../homeserver/memory-ports.ts";
import { TestServer, type TestUser } from "../homeserver/test-server.ts";

/** A picture of 300 by 200 pixels. */
async function drawn(type: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(300, 200);
  canvas.getContext("2d")?.fillRect(0, 0, 200, 100);
  return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
}

/** Two frames of one pixel. */
function movingGif(): Uint8Array<ArrayBuffer> {
  const frame = [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  const head = [...new TextEncoder().encode("GIF89a"), 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  return new Uint8Array([...head, ...frame, ...frame, 0x3b]);
}

/** A PNG that says of itself that it moves. */
async function movingPng(): Promise<Uint8Array<ArrayBuffer>> {
  const png = await drawn("image/png");
  const chunk = [0, 0, 0, 8, ...new TextEncoder().encode("acTL"), 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  return new Uint8Array([...png.slice(0, 33), ...chunk, ...png.slice(33)]);
}

async function upload(user: TestUser, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const headers = { authorization: `Bearer ${user.token}`, "content-type": "application/octet-stream" };
  const url = "https://garden.example/_matrix/media/v3/upload";
  const request = new Request(url, { method: "POST", headers, body: bytes });
  const answer = await (await user.server.homeserver.fetch(request)).json();
  return String(answer.content_uri).slice("mxc://".length);
}

describe("thumbnails that a browser draws", () => {
  async function ada(): Promise<TestUser> {
    return (await TestServer.start({}, { ...memoryPorts(), thumbnails: canvasThumbnails })).user("ada");
  }

  async function thumbnail(user: TestUser, id: string, query: string) {
    const url = `https://garden.example/_matrix/client/v1/media/thumbnail/${id}?${query}`;
    const headers = { authorization: `Bearer ${user.token}` };
    const answer = await user.server.homeserver.fetch(new Request(url, { headers }));
    const blob = await answer.blob();
    const image = answer.ok ? await createImageBitmap(blob).catch(() => undefined) : undefined;
    return { status: answer.status, type: blob.type, size: blob.size, shape: [image?.width, image?.height] };
  }

  for (const [type, as] of [
    ["image/jpeg", "image/jpeg"],
    ["image/png", "image/png"],
    ["image/webp", "image/png"],
  ] as const) {
    it(`are made of ${type}`, async () => {
      const user = await ada();
      const bytes = await drawn(type);
      const id = await upload(user, bytes);
      expect(await thumbnail(user, id, "width=96&height=96&method=crop")).to.deep.include({
        type: as,
        shape: [96, 96],
      });
      expect((await thumbnail(user, id, "width=60&height=30&animated=true")).shape).to.deep.equal([60, 40]);
      const whole = await thumbnail(user, id, "width=300&height=200");
      expect(whole).to.deep.include({ type, size: bytes.length });
    });
  }

  it("stand still unless motion is asked for", async () => {
    const user = await ada();
    for (const [bytes, type] of [
      [movingGif(), "image/gif"],
      [await movingPng(), "image/apng"],
    ] as const) {
      const id = await upload(user, bytes);
      for (const still of ["", "&animated=false"])
        expect((await thumbnail(user, id, `width=400&height=400${still}`)).type, type).to.equal("image/png");
      const moves = await thumbnail(user, id, "width=400&height=400&animated=true");
      expect(moves).to.deep.include({ type, size: bytes.length });
    }
  });

  it("are not made of what is no picture", async () => {
    const user = await ada();
    const png = await drawn("image/png");
    for (const bytes of [new TextEncoder().encode("words"), png.slice(0, 60), png.slice(0, 0)]) {
      const { status } = await thumbnail(user, await upload(user, bytes), "width=32&height=32");
      expect(status).to.equal(400);
    }
  });
});
