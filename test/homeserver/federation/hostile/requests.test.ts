import type { JsonObject } from "../../../../src/protocol/json.ts";
import { formatXMatrix, requestSigningBytes } from "../../../../src/protocol/signatures.ts";
import { TestKey } from "../../keys/test-keys.ts";
import { readAnswer } from "../../test-server.ts";
import { type HostileRoom, summary } from "./hostile-room.ts";
import { type Story, tellStories } from "./stories.ts";

const path = "/_matrix/federation/v1/send/t1";
const body = { origin: "harbor.example", origin_server_ts: 1, pdus: [] };
const right = {
  method: "PUT",
  uri: path,
  origin: "harbor.example",
  destination: "garden.example",
  content: body,
};

type Signed = Parameters<typeof requestSigningBytes>[0];

/** The header of a request that is signed right but for what is changed in it. */
function header(
  changes: { signed?: Partial<Signed>; said?: Record<string, string>; by?: string } = {},
): string {
  const { signed = {}, said = {}, by = "harbor.example" } = changes;
  const sig = new TestKey(by).signBytes(requestSigningBytes({ ...right, ...signed }));
  const { origin, destination } = right;
  return formatXMatrix({ origin, destination, key: "ed25519:1", sig, ...said });
}

/** What a request comes to with this header. */
async function put(
  scene: HostileRoom,
  authorization: string | undefined,
  text: BodyInit = JSON.stringify(body),
) {
  const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
  const init = { method: "PUT", headers, body: text, duplex: "half" } as RequestInit;
  return summary(
    await readAnswer(await scene.garden.homeserver.fetch(new Request(`https://garden.example${path}`, init))),
  );
}

const unauthorised = (code: string) => ({ answer: "401 M_UNAUTHORIZED", refused: [code] });
const badSignature = unauthorised("federation/bad-request-signature");

const headers: Record<string, [header: () => string | undefined, code: string]> = {
  "does not say who it is": [() => undefined, "federation/no-signature"],
  "shows an access token": [() => "Bearer abc", "x-matrix/other-scheme"],
  "writes a header that cannot be read": [() => "X-Matrix origin=", "x-matrix/malformed"],
  "leaves out the key": [() => 'X-Matrix origin="harbor.example",sig="abc"', "x-matrix/missing-parameter"],
  "leaves out the signature": [
    () => 'X-Matrix origin="harbor.example",key="ed25519:1"',
    "x-matrix/missing-parameter",
  ],
  "says twice who it is": [() => `${header()},origin="other.example"`, "x-matrix/duplicate-parameter"],
  "is of no server": [() => header({ said: { origin: "no server" } }), "federation/bad-origin"],
  "wants another server": [
    () => header({ signed: { destination: "other.example" }, said: { destination: "other.example" } }),
    "federation/wrong-destination",
  ],
  "signed it for another server": [
    () => header({ signed: { destination: "other.example" } }),
    "federation/bad-request-signature",
  ],
  "says it is another server": [
    () => header({ signed: { origin: "garden.example" }, said: { origin: "garden.example" } }),
    "federation/bad-request-signature",
  ],
  "signs with the key of another": [
    () => header({ by: "other.example" }),
    "federation/bad-request-signature",
  ],
  "names a key that it does not have": [
    () => header({ said: { key: "ed25519:2" } }),
    "federation/bad-request-signature",
  ],
  "signs another path": [() => header({ signed: { uri: `${path}0` } }), "federation/bad-request-signature"],
  "signs another method": [() => header({ signed: { method: "POST" } }), "federation/bad-request-signature"],
  "signs another body": [
    () => header({ signed: { content: { ...body, origin_server_ts: 2 } } }),
    "federation/bad-request-signature",
  ],
  "signs with what is no signature": [
    () => header({ said: { sig: "*" } }),
    "federation/bad-request-signature",
  ],
};

const authentication = Object.entries(headers).map(
  ([name, [make, code]]): Story => ({
    name,
    play: (scene) => put(scene, make()),
    outcome: unauthorised(code),
  }),
);

const strangers: Story[] = [
  {
    name: "is a server that cannot be asked for its keys",
    async play(scene) {
      const away = scene.stranger("away");
      scene.links.away.add(away.name);
      return summary(await away.request(scene.garden, "PUT", path, {}));
    },
    outcome: badSignature,
  },
  {
    name: "is a server of an address within a house",
    play: (scene) =>
      put(scene, header({ signed: { origin: "127.0.0.1:8448" }, said: { origin: "127.0.0.1:8448" } })),
    outcome: badSignature,
  },
];

/** Sends a body for which the right server signs. */
const sends = (content: JsonObject) => (scene: HostileRoom) =>
  put(scene, header({ signed: { content } }), JSON.stringify(content));

const bodies: Story[] = [
  {
    name: "says in the body that it is another",
    play: sends({ ...body, origin: "other.example" }),
    outcome: { answer: "403 M_FORBIDDEN", refused: ["federation/other-origin"] },
  },
  {
    name: "sends 51 events at once",
    play: sends({ ...body, pdus: Array(51).fill({}) }),
    outcome: { answer: "400 M_INVALID_PARAM", refused: ["federation/too-many"] },
  },
  {
    name: "sends 101 EDUs at once",
    play: sends({ ...body, edus: Array(101).fill({}) }),
    outcome: { answer: "400 M_INVALID_PARAM", refused: ["federation/too-many"] },
  },
  {
    name: "sends an object of events",
    play: sends({ ...body, pdus: {} }),
    outcome: { answer: "400 M_BAD_JSON", refused: ["request/wrong-type"] },
  },
  {
    name: "sends what is no JSON",
    play: (scene) => put(scene, header(), "{"),
    outcome: { answer: "400 M_NOT_JSON", refused: ["request/not-json"] },
  },
  {
    name: "sends a list",
    play: (scene) => put(scene, header(), "[]"),
    outcome: { answer: "400 M_BAD_JSON", refused: ["request/not-an-object"] },
  },
  {
    name: "sends nothing",
    play: (scene) => put(scene, header(), ""),
    outcome: { answer: "400 M_NOT_JSON", refused: ["request/not-json"] },
  },
  {
    name: "sends bytes that are no UTF-8",
    play: (scene) => put(scene, header(), new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    outcome: { answer: "400 M_NOT_JSON", refused: ["request/not-json"] },
  },
  {
    name: "asks with a method that is not for it",
    play: (scene) => scene.ask("GET", "v1/send/t1"),
    outcome: { answer: "405 M_UNRECOGNIZED", refused: ["request/wrong-method"] },
  },
  {
    name: "asks for what there is not",
    play: (scene) => scene.ask("GET", "v9/everything"),
    outcome: { answer: "404 M_UNRECOGNIZED", refused: ["request/unknown-path"] },
  },
  {
    name: "asks for the events of a room in wrong percent signs",
    play: (scene) => scene.ask("GET", "v1/state/%FF?event_id=$a"),
    outcome: { answer: "400 M_INVALID_PARAM", refused: ["request/bad-encoding"] },
  },
];

/** A body that comes in parts, and does what is said after the last. */
function slowly(
  parts: readonly string[],
  end: (stream: ReadableStreamDefaultController) => void,
): ReadableStream {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream({
    async pull(stream) {
      await Promise.resolve();
      if (next < parts.length) stream.enqueue(encoder.encode(parts[next++]));
      else end(stream);
    },
  });
}

/** A request as a host gets it that reads bodies as they come. */
async function putSlowly(scene: HostileRoom, stream: ReadableStream): Promise<string> {
  const authorization = header();
  const request = new Request(`https://garden.example${path}`, {
    method: "PUT",
    headers: { authorization, "content-type": "application/json" },
    body: stream,
    duplex: "half",
  } as RequestInit);
  return summary(await readAnswer(await scene.garden.homeserver.fetch(request)));
}

const slowBodies: Story[] = [
  {
    name: "sends a body letter by letter",
    play: (scene) =>
      putSlowly(
        scene,
        slowly([...JSON.stringify(body)], (stream) => stream.close()),
      ),
    outcome: { answer: "200" },
  },
  {
    name: "ends a body in the middle",
    play: (scene) =>
      putSlowly(
        scene,
        slowly(['{"pdus":['], (stream) => stream.error(new Error("gone"))),
      ),
    outcome: { answer: "400 M_NOT_JSON", refused: ["request/cut-off"] },
  },
  {
    name: "never ends a body",
    // It waits alone: the check after it is answered.
    play: async (scene) => {
      void putSlowly(
        scene,
        slowly(['{"pdus":['], () => new Promise(() => undefined)),
      );
      return "waiting";
    },
    outcome: { answer: "waiting" },
  },
  {
    name: "sends more than a body may be",
    play: (scene) =>
      putSlowly(
        scene,
        slowly(Array(70).fill(" ".repeat(1_048_576)), (stream) => stream.close()),
      ),
    outcome: { answer: "413 M_TOO_LARGE", refused: ["request/too-large"] },
  },
];

tellStories("requests", [...authentication, ...strangers, ...bodies, ...slowBodies]);
