import { expect } from "chai";
import { memoryPorts } from "../memory-ports.ts";
import { TestServer } from "../test-server.ts";

async function drawn(type: string, quality: number, isClear = false): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(7, 5);
  const context = canvas.getContext("2d")!;
  context.fillStyle = isClear ? "rgb(200 0 0 / 50%)" : "rgb(200 0 0)";
  context.fillRect(0, 0, 7, 5);
  const blob = await canvas.convertToBlob({ type, quality });
  expect(blob.type).to.equal(type);
  return new Uint8Array(await blob.arrayBuffer());
}

/** What is said of a picture, shown as the whole page. */
async function previewed(type: string, bytes: Uint8Array) {
  const ports = memoryPorts();
  ports.transport = {
    fetch: async () => new Response(new Uint8Array(bytes), { headers: { "content-type": type } }),
  };
  ports.pages = { read: async () => ({ metas: [] }) };
  const server = await TestServer.start({}, ports);
  const ada = await server.user("ada");
  return ada.done("GET", "v1/media/preview_url?url=https%3A%2F%2Fpictures.example%2Fone");
}

describe("previews of pictures", () => {
  it("say how large they are", async () => {
    const gif = Uint8Array.from("GIF89a\x07\0\x05\0\0\0\0;", (letter) => letter.charCodeAt(0));
    const pictures: [string, Uint8Array][] = [
      ["image/png", await drawn("image/png", 1)],
      ["image/jpeg", await drawn("image/jpeg", 0.5)],
      ["image/webp", await drawn("image/webp", 0.5)],
      ["image/webp", await drawn("image/webp", 0.5, true)],
      ["image/webp", await drawn("image/webp", 1)],
      ["image/gif", gif],
    ];
    for (const [type, bytes] of pictures) {
      const said = await previewed(type, bytes);
      expect([type, said["og:image:width"], said["og:image:height"]]).to.deep.equal([type, 7, 5]);
    }
  });

  it("say nothing of that where the picture is broken off, or none", async () => {
    const jpeg = await drawn("image/jpeg", 0.5);
    for (const bytes of [jpeg.slice(0, 24), new TextEncoder().encode("no picture")]) {
      const said = await previewed("image/jpeg", bytes);
      expect(said["matrix:image:size"]).to.equal(bytes.length);
      expect(said).to.not.have.property("og:image:width");
    }
  });
});
