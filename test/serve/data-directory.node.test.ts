import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { ask, type RunningServe, register, serve, temporaryFolder } from "./running-serve.ts";

function serveData(data: string, name = "garden.example"): RunningServe {
  return serve("--server-name", name, "--port", "0", "--open-registration", "--data", data);
}

/** A directory in which a server was, with an account and a picture. */
async function usedFolder(): Promise<{ data: string; token: string; room: string; picture: string }> {
  const data = join(temporaryFolder(), "new", "folder");
  const running = serveData(data);
  const at = await running.address;
  const token = await register(at, "ada");
  const room = (await ask(at, "POST", "/_matrix/client/v3/createRoom", { name: "Garden" }, token)).body
    .room_id!;
  const picture = await fetch(new URL("/_matrix/media/v3/upload", at), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "image/png" },
    body: new Uint8Array([1, 2, 0, 3]),
  });
  const { content_uri } = (await picture.json()) as { content_uri: string };
  assert.equal((await running.stop()).code, 0);
  return { data, token, room, picture: content_uri.replace("mxc://", "") };
}

describe("serve --data", () => {
  it("has everything again after a restart: accounts, rooms, media, the key", async () => {
    const { data, token, room, picture } = await usedFolder();
    const keyOf = () => {
      const database = new DatabaseSync(join(data, "homeserver.db"), { readOnly: true });
      const row = database.prepare("SELECT * FROM server").get();
      database.close();
      return row;
    };
    const key = keyOf();
    const running = serveData(data);
    const at = await running.address;
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/state/m.room.name`;
    assert.equal((await ask(at, "GET", path, undefined, token)).body.name, "Garden");
    const download = await fetch(new URL(`/_matrix/client/v1/media/download/${picture}`, at), {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(download.headers.get("content-type"), "image/png");
    assert.deepEqual([...new Uint8Array(await download.arrayBuffer())], [1, 2, 0, 3]);
    await running.stop();
    assert.deepEqual(keyOf(), key);
  });

  it("belongs to one process at a time", async () => {
    const data = temporaryFolder();
    const first = serveData(data);
    await first.address;
    const { code, err } = await serveData(data).ended;
    assert.deepEqual([code, err], [2, `--data ${data} is in use by another process\n`]);
    await first.stop();
  });

  it("belongs to one server", async () => {
    const { data } = await usedFolder();
    const { code, err } = await serveData(data, "harbor.example").ended;
    assert.deepEqual(
      [code, err],
      [2, `--data ${data} has the data of garden.example, not of harbor.example\n`],
    );
  });

  const damages: Record<string, [damage: (file: string) => void, message: RegExp]> = {
    "that holds something else": [(file) => writeFileSync(file, "x".repeat(8192)), /is damaged: file is not/],
    "whose end is missing": [
      (file) => writeFileSync(file, readFileSync(file).subarray(0, 8192)),
      /is damaged: /,
    ],
    "with a page of zeros": [
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0, 4096, 12_288);
        writeFileSync(file, bytes);
      },
      /is damaged: /,
    ],
    "of another program": [
      (file) => {
        writeFileSync(file, "");
        const other = new DatabaseSync(file);
        other.exec("CREATE TABLE notes (text TEXT)");
        other.close();
      },
      /holds the database of another program/,
    ],
    "with a record that is no JSON": [
      (file) => {
        const database = new DatabaseSync(file);
        database.exec("UPDATE records SET value = '{' WHERE kind = 'room-events'");
        database.close();
      },
      /is damaged: .*JSON/,
    ],
  };
  it("is refused when damaged, and left as it is", async () => {
    const { data } = await usedFolder();
    for (const [story, [damage, message]] of Object.entries(damages)) {
      const copy = temporaryFolder();
      cpSync(data, copy, { recursive: true });
      const file = join(copy, "homeserver.db");
      damage(file);
      const before = readFileSync(file);
      const { code, err, out } = await serveData(copy).ended;
      assert.deepEqual([code, out], [2, ""], `${story}: ${err}`);
      assert.match(err, message, story);
      assert.ok(readFileSync(file).equals(before), story);
    }
  });

  it("is refused where a file stands", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const { code, err } = await serveData(file).ended;
    assert.deepEqual([code, err], [2, `--data ${file} cannot be made a directory (EEXIST)\n`]);
  });
});
