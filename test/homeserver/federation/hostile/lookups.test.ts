import type { Json, JsonObject } from "../../../../src/protocol/json.ts";
import { TestKey } from "../../keys/test-keys.ts";
import { type HostileRoom, notary } from "./hostile-room.ts";
import { type Story, tellStories } from "./stories.ts";

/** A question that any server may ask whose signature is good. */
const question = "/_matrix/federation/v1/query/directory?room_alias=%23none%3Agarden.example";

type Answers = { keys?: (name: string) => unknown; wellKnown?: (name: string, url: URL) => unknown };

/** What a server is answered whose keys, or whereabouts, are told so. */
const tells =
  ({ keys, wellKnown }: Answers, passesTime = false) =>
  async (scene: HostileRoom): Promise<number> => {
    const stranger = scene.stranger();
    const played = scene.links.hosts.get(stranger.name)!;
    scene.links.hosts.set(stranger.name, async (request) => {
      const url = new URL(request.url);
      if (keys && url.pathname === "/_matrix/key/v2/server") return responseOf(keys(stranger.name));
      if (wellKnown && url.pathname === "/.well-known/matrix/server")
        return responseOf(wellKnown(stranger.name, url));
      return wellKnown && !url.pathname.startsWith("/_matrix/")
        ? responseOf(wellKnown(stranger.name, url))
        : played(request);
    });
    let answered = false;
    const asked = stranger.request(scene.garden, "GET", question).finally(() => {
      answered = true;
    });
    if (passesTime) await passTime(scene, () => answered);
    return (await asked).status;
  };

/** Lets time pass until something has come about. */
async function passTime(scene: HostileRoom, isOver: () => boolean): Promise<void> {
  await scene.links.until("time passed", () => {
    if (!isOver() && scene.garden.clock.waiting > 0) scene.garden.clock.advance(1000);
    return isOver();
  });
}

function responseOf(value: unknown): Response {
  return value instanceof Response ? value : Response.json(value as Json);
}

/** What a server says of its keys, with a change before it signs. */
function keysOf(name: string, change: JsonObject = {}, by = name): JsonObject {
  const key = new TestKey(name);
  const keys = {
    server_name: name,
    verify_keys: { "ed25519:1": { key: key.publicKey } },
    old_verify_keys: {},
    valid_until_ts: Date.UTC(2027, 0, 1),
    ...change,
  };
  return new TestKey(by).sign(keys, name, "ed25519:1");
}

/** The first part of an answer, and nothing after it. */
function unending(first: string, more?: string): Response {
  const encoder = new TextEncoder();
  let isBegun = false;
  const body = new ReadableStream({
    pull(stream) {
      if (isBegun && more === undefined) return new Promise(() => undefined);
      stream.enqueue(encoder.encode(isBegun ? more : first));
      isBegun = true;
      return undefined;
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

const badKeys: Record<string, (name: string) => unknown> = {
  "are no object": () => [],
  "are no JSON": () => new Response("keys"),
  "are another server's": (name) => keysOf(name, { server_name: "other.example" }),
  "are not signed": (name) => ({ ...keysOf(name), signatures: {} }),
  "are signed by another": (name) => keysOf(name, {}, "other.example"),
  "are signed with another of its keys only": (name) => {
    const signed = new TestKey(name).sign(keysOf(name), name, "ed25519:0");
    const signatures = signed.signatures as Record<string, JsonObject>;
    return { ...signed, signatures: { [name]: { "ed25519:0": signatures[name]!["ed25519:0"]! } } };
  },
  "were changed after they were signed": (name) => ({ ...keysOf(name), valid_until_ts: 9e12 }),
  "count until a text": (name) => keysOf(name, { valid_until_ts: "always" }),
  "have 31 bytes": (name) => keysOf(name, { verify_keys: { "ed25519:1": { key: "A".repeat(42) } } }),
  "are a list": (name) => keysOf(name, { verify_keys: [] }),
  "are moved to another place": () =>
    new Response(null, {
      status: 302,
      headers: { location: "https://harbor.example/_matrix/key/v2/server" },
    }),
  "are an error": () => Response.json({ errcode: "M_UNKNOWN" }, { status: 500 }),
  "are nested too deep": () => new Response(`{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`),
};

const refused = { answer: 401, refused: ["federation/bad-request-signature"] };
const found = { answer: 404, refused: ["room/unknown"], writes: ["server-keys"] };

const keys: Story[] = [
  ...Object.entries(badKeys).map(
    ([name, answer]): Story => ({
      name: `says keys that ${name}`,
      play: tells({ keys: answer }),
      outcome: refused,
    }),
  ),
  {
    name: "says keys that count no more",
    play: tells({ keys: (name) => keysOf(name, { valid_until_ts: 1 }) }),
    // They may have counted for what was signed in their time.
    outcome: { ...refused, writes: ["server-keys"] },
  },
  {
    name: "signs with a key that it has given up",
    play: tells({
      keys: (name) => {
        const { publicKey: key } = new TestKey(name);
        const now = new TestKey("now");
        const verify_keys = { "ed25519:2": { key: now.publicKey } };
        const old_verify_keys = { "ed25519:1": { key, expired_ts: 1 } };
        const valid_until_ts = Date.UTC(2027, 0, 1);
        return now.sign(
          { server_name: name, verify_keys, old_verify_keys, valid_until_ts },
          name,
          "ed25519:2",
        );
      },
    }),
    outcome: { ...refused, writes: ["server-keys"] },
  },
  {
    name: "begins to say its keys and never ends",
    play: tells({ keys: () => unending('{"server_name":') }, true),
    outcome: refused,
  },
  {
    name: "says its keys, and then more than anybody can read",
    play: tells({ keys: () => unending("{", " ".repeat(1_048_576)) }),
    outcome: refused,
  },
];

const redirect = (to: string) => new Response(null, { status: 302, headers: { location: to } });

const badFiles: Record<string, (name: string, url: URL) => unknown> = {
  "leads in a circle": (name) => redirect(`https://${name}/.well-known/matrix/server`),
  "leads from one place to the next without end": (name, url) => redirect(`https://${name}${url.pathname}0`),
  "leads out of what is encrypted": (name) => redirect(`http://${name}/.well-known/matrix/server`),
  "leads to no address": () => redirect("https://"),
  "leads nowhere": () => new Response(null, { status: 302 }),
  "is an error": () => new Response("no", { status: 500 }),
  "is no JSON": () => new Response("m.server"),
  "is a list": () => [],
  "names a number": () => ({ "m.server": 8448 }),
  "names no server": () => ({ "m.server": "https://elsewhere.example/path" }),
  "is too large": () => ({ "m.server": "elsewhere.example", more: "x".repeat(60_000) }),
  "goes on and on": () => unending("{", " ".repeat(60_000)),
};

// Where the file says nothing that counts, the server is where its name says.
const files: Story[] = [
  ...Object.entries(badFiles).map(
    ([name, answer]): Story => ({
      name: `has a well-known file that ${name}`,
      play: tells({ wellKnown: answer }),
      outcome: found,
    }),
  ),
  {
    name: "has a well-known file that never ends",
    play: tells({ wellKnown: () => unending("{") }, true),
    outcome: found,
  },
  {
    name: "has a well-known file that sends others to another server",
    play: tells({ wellKnown: () => ({ "m.server": "harbor.example" }) }),
    outcome: refused,
  },
];

/** Sends an event of a server that is away, whose keys a notary tells so. */
const notarises =
  (answer: (name: string) => unknown, passesTime = false) =>
  async (scene: HostileRoom): Promise<string[]> => {
    const away = scene.stranger("away");
    const event = away.signEvent(await scene.draft({ sender: `@eve:${away.name}` }), scene.version);
    scene.links.away.add(away.name);
    scene.links.hosts.set(notary, async () => responseOf(answer(away.name)));
    let answered = false;
    const sent = scene.send(event).finally(() => {
      answered = true;
    });
    if (passesTime) await passTime(scene, () => answered);
    return sent.finally(() => scene.links.hosts.delete(notary));
  };

const lies: Record<string, (name: string) => unknown> = {
  "the keys of another server": (name) => ({
    server_keys: [keysOf(name, { server_name: "other.example" }), keysOf("other.example")],
  }),
  "keys that their server has not signed": (name) => ({ server_keys: [{ ...keysOf(name), signatures: {} }] }),
  "keys that it has signed itself": (name) => ({ server_keys: [keysOf(name, {}, notary)] }),
  "keys that it has changed": (name) => ({ server_keys: [{ ...keysOf(name), valid_until_ts: 9e12 }] }),
  "keys that count no more": (name) => ({ server_keys: [keysOf(name, { valid_until_ts: 1 })] }),
  "no list of keys": () => ({ server_keys: "all" }),
  "no keys": () => ({ server_keys: [null, 7, []] }),
};

const noKey = { answer: ["nothing"], dropped: ["federation/no-key"], writes: ["waiting-events"] };
const notaries: Story[] = [
  ...Object.entries(lies).map(
    ([name, answer]): Story => ({
      name: `tells as a notary ${name}`,
      play: notarises(answer),
      outcome: name.includes("no more") ? { ...noKey, writes: [...noKey.writes, "server-keys"] } : noKey,
    }),
  ),
  {
    name: "never ends to tell as a notary",
    play: notarises(() => unending('{"server_keys":['), true),
    outcome: noKey,
  },
  {
    name: "tells as a notary what is right",
    play: notarises((name) => ({ server_keys: [keysOf(name)] })),
    // The signature is good; its sender is not in the room.
    outcome: { answer: ["error"], rejected: ["auth/cites-unexpected"], writes: ["server-keys"] },
  },
];

tellStories("keys and whereabouts", [...keys, ...files, ...notaries]);
