import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import sharp, { type Sharp } from "sharp";
import { type RunningServe, register, serve } from "./running-serve.ts";

const plain = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: "#2a6" } });

/** A picture of several frames. */
async function moving(): Promise<Sharp> {
  const frames = ["#a22", "#22a"].map((background) =>
    sharp({ create: { width: 300, height: 200, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return sharp(await Promise.all(frames), { join: { animated: true } });
}

describe("thumbnails of what is uploaded", () => {
  let lab: RunningServe;
  let at = "";
  let token = "";

  before(async () => {
    lab = serve("--server-name", "garden.example", "--port", "0", "--open-registration");
    at = await lab.address;
    token = await register(at, "ada");
  });
  after(() => lab.stop());

  async function upload(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<string> {
    const headers = { authorization: `Bearer ${token}`, "content-type": type };
    const answer = await fetch(new URL("/_matrix/media/v3/upload", at), {
      method: "POST",
      headers,
      body: bytes,
    });
    return ((await answer.json()) as { content_uri: string }).content_uri.slice("mxc://".length);
  }

  async function thumbnail(id: string, query: string) {
    const url = new URL(`/_matrix/client/v1/media/thumbnail/${id}?${query}`, at);
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get("content-type");
    return { status: answer.status, type, disposition: answer.headers.get("content-disposition"), bytes };
  }

  async function shapeOf(bytes: Buffer): Promise<[number, number, number]> {
    const { width, height, pageHeight, pages = 1 } = await sharp(bytes, { animated: true }).metadata();
    return [width, pageHeight ?? height, pages];
  }

  const still: [type: string, bytes: () => Promise<Buffer>, as: string][] = [
    ["image/jpeg", () => plain(300, 200).jpeg().toBuffer(), "image/jpeg"],
    ["image/png", () => plain(300, 200).png().toBuffer(), "image/png"],
    ["image/webp", () => plain(300, 200).webp().toBuffer(), "image/png"],
    ["image/gif", () => plain(300, 200).gif().toBuffer(), "image/png"],
  ];
  for (const [type, make, as] of still) {
    it(`are made of ${type}`, async () => {
      const bytes = await make();
      const id = await upload(new Uint8Array(bytes), type);
      for (const animated of ["", "&animated=true", "&animated=false"]) {
        const small = await thumbnail(id, `width=96&height=96&method=crop${animated}`);
        assert.deepEqual([small.status, small.type], [200, as]);
        assert.equal(small.disposition, `inline; filename=thumbnail.${as.slice(6)}`);
        assert.deepEqual(await shapeOf(small.bytes), [96, 96, 1]);
      }
      const scaled = await thumbnail(id, "width=60&height=30");
      assert.deepEqual(await shapeOf(scaled.bytes), [60, 40, 1], "no side is smaller than asked for");
      const large = await thumbnail(id, "width=800&height=600&method=scale");
      assert.deepEqual([large.type, large.bytes.equals(bytes)], [type, true], "never made larger");
      const narrow = await thumbnail(id, "width=400&height=100&method=crop");
      assert.deepEqual(await shapeOf(narrow.bytes), [300, 75, 1], "of the shape asked for");
    });
  }

  for (const [type, make] of [
    ["image/gif", async () => (await moving()).gif().toBuffer()],
    ["image/webp", async () => (await moving()).webp().toBuffer()],
  ] as const) {
    it(`of ${type} move only where that is asked for`, async () => {
      const bytes = await make();
      const id = await upload(new Uint8Array(bytes), type);
      for (const query of ["width=96&height=96", "width=96&height=96&animated=false"]) {
        const small = await thumbnail(id, `${query}&method=crop`);
        assert.equal(small.type, "image/png");
        assert.deepEqual(await shapeOf(small.bytes), [96, 96, 1]);
      }
      const whole = await thumbnail(id, "width=800&height=600&animated=false");
      assert.equal(whole.type, "image/png");
      assert.deepEqual(await shapeOf(whole.bytes), [300, 200, 1]);
      const moves = await thumbnail(id, "width=96&height=96&method=crop&animated=true");
      assert.equal(moves.type, "image/webp");
      assert.deepEqual(await shapeOf(moves.bytes), [96, 96, 2]);
      const large = await thumbnail(id, "width=800&height=600&animated=true");
      assert.deepEqual([large.type, large.bytes.equals(bytes)], [type, true]);
    });
  }

  it("go by the bytes, whatever was said of them, and are not made of what is no picture", async () => {
    const png = await plain(300, 200).png().toBuffer();
    const called = await thumbnail(await upload(new Uint8Array(png), "text/html"), "width=900&height=900");
    assert.deepEqual([called.status, called.type], [200, "image/png"]);
    const none: [type: string, bytes: Uint8Array<ArrayBuffer>][] = [
      ["text/plain", new TextEncoder().encode("words")],
      [
        "image/svg+xml",
        new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      ],
      ["image/png", new Uint8Array(png).slice(0, 40)],
      ["application/pdf", new TextEncoder().encode("%PDF-1.7")],
      ["image/png", new Uint8Array()],
    ];
    for (const [type, bytes] of none) {
      const { status, bytes: body } = await thumbnail(await upload(bytes, type), "width=32&height=32");
      assert.deepEqual([status, JSON.parse(body.toString()).errcode], [400, "M_UNKNOWN"], type);
    }
    const wide = await plain(9000, 9000).png().toBuffer();
    const tooLarge = await thumbnail(await upload(new Uint8Array(wide), "image/png"), "width=32&height=32");
    assert.deepEqual([tooLarge.status, JSON.parse(tooLarge.bytes.toString()).errcode], [413, "M_TOO_LARGE"]);
  });
});
