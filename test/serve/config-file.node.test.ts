import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { readServeSettings } from "../../src/serve/serve-settings.ts";
import { ask, serve, temporaryFolder } from "./running-serve.ts";

const folder = temporaryFolder();

/** Writes a file of settings; resolves to what comes of it. */
function withConfig(text: string, ...flags: string[]) {
  const file = join(folder, "serve.yaml");
  writeFileSync(file, text);
  return readServeSettings(["--config", file, ...flags]);
}

describe("serve --config", () => {
  it("takes from YAML what flags would say, paths from where it lies, and lets flags go first", async () => {
    const settings = await withConfig(
      `# A comment.
server-name: garden.example
port: 8008
host: 127.0.0.2
data: kept
open-registration: true
registration-token: [one, 2]
registration-shared-secret: "s p"
default-room-version: 10
lab: false
`,
      "--port",
      "0",
    );
    assert.deepEqual(settings, {
      serverName: "garden.example",
      host: "127.0.0.2",
      port: 0,
      authorities: [],
      data: join(folder, "kept"),
      openRegistration: true,
      registrationTokens: ["one", "2"],
      sharedSecret: "s p",
      defaultRoomVersion: "10",
      urlPreviews: false,
      lab: false,
      accessLog: false,
    });
  });

  it("takes JSON", async () => {
    const settings = await withConfig('{"server-name": "garden.example", "port": 1, "lab": true}');
    assert.ok(typeof settings === "object" && !("fault" in settings));
    assert.deepEqual([settings.port, settings.lab, settings.urlPreviews], [1, true, true]);
  });

  const start = "server-name: garden.example\nport: 0\n";
  const bad: Record<string, [text: string, fault: RegExp]> = {
    "is empty": ["", /:1:1: found nothing, expected settings/],
    "is a list": ["- port", /:1:1: found a list, expected settings/],
    "is not YAML": [`${start}data: [a\n`, /serve\.yaml:\d:\d+: found .*, expected YAML or JSON/],
    "is JSON cut off": ['{"server-name": "garden.example",', /:1:\d+: found .*, expected YAML or JSON/],
    "has a setting that nobody knows": [
      `${start}ports: 1\n`,
      /:3:1: found the setting "ports", expected one of server-name, port,/,
    ],
    "has a setting twice": [`${start}port: 1\n`, /:3:1: found .*unique.*, expected YAML or JSON/],
    "has a port that is no number": [
      "port: http\n",
      /:1:7: found "http" for "port", expected a number from 0 to 65535/,
    ],
    "has a port that is too large": [
      "port: 65536\n",
      /:1:7: found 65536 for "port", expected a number from 0 to 65535/,
    ],
    "has a switch that is no switch": [`${start}lab: 1\n`, /:3:6: found 1 for "lab", expected true or false/],
    "has no value": [`${start}data:\n`, /:3:\d+: found nothing for "data", expected the path of a directory/],
    "has a bad server name": [
      "server-name: two words\n",
      /:1:14: found "two words" for "server-name", expected a server name/,
    ],
    "has a bad token in a list": [
      `${start}registration-token:\n  - good\n  - not good\n`,
      /:5:5: found "not good" for "registration-token", expected a list, each 1 to 64 letters/,
    ],
    "has a room version that nobody knows": [
      `${start}default-room-version: "99"\n`,
      /:3:23: found "99" for "default-room-version", expected one of 6, 7/,
    ],
    "lacks what must be": ["port: 0\n", /^--server-name is missing$/],
  };
  for (const [story, [text, message]] of Object.entries(bad)) {
    it(`says where a file is wrong that ${story}`, async () => {
      const settings = await withConfig(text);
      assert.ok(typeof settings === "object" && "fault" in settings, "was taken");
      assert.match(settings.fault, message);
    });
  }

  it("ends with status 2 where the file is wrong, or not there", async () => {
    const missing = await serve("--config", join(folder, "missing.yaml")).ended;
    assert.deepEqual([missing.code, missing.out], [2, ""]);
    assert.match(missing.err, /--config .*missing\.yaml cannot be read \(ENOENT\)/);
  });

  it("serves as the file says", async () => {
    const file = join(folder, "lab.json");
    writeFileSync(file, '{"server-name": "garden.example", "port": 0, "registration-token": "open-sesame"}');
    const running = serve("--config", file);
    const at = await running.address;
    const account = { username: "ada", password: "a long password" };
    const { status, body } = await ask(at, "POST", "/_matrix/client/v3/register", account);
    assert.equal(status, 401);
    assert.deepEqual(body.flows, [{ stages: ["m.login.registration_token"] }]);
    const auth = { type: "m.login.registration_token", token: "open-sesame", session: body.session };
    const done = await ask(at, "POST", "/_matrix/client/v3/register", { ...account, auth });
    assert.equal(done.body.user_id, "@ada:garden.example");
    await running.stop();
  });
});
