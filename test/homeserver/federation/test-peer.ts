import { parseUserId } from "../../../src/protocol/identifiers.ts";
import type { Json, JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../../src/protocol/pdu.ts";
import { isRefusal } from "../../../src/protocol/refusal.ts";
import { findRoomVersion, roomVersions } from "../../../src/protocol/room-versions.ts";
import {
  eventToSign,
  formatXMatrix,
  requestSigningBytes,
  withSignature,
} from "../../../src/protocol/signatures.ts";
import { TestKey } from "../keys/test-keys.ts";
import { readAnswer, type TestAnswer, type TestServer, tellTraffic } from "../test-server.ts";
import type { LinkedServers } from "./linked-servers.ts";

/** A server that a test plays: it signs as one, and answers what the test says. */
export class TestPeer {
  readonly name: string;
  readonly #key: TestKey;
  /** Method and path → what is answered; or a text in it. */
  readonly answers = new Map<string, (body: JsonObject) => JsonObject | Response>();
  #transactions = 0;

  constructor(links: LinkedServers, name: string) {
    this.name = name;
    this.#key = new TestKey(name);
    links.hosts.set(name, (request) => this.#answer(request));
  }

  async request(
    server: TestServer,
    method: string,
    path: string,
    body?: JsonObject,
    destination = server.name,
  ): Promise<TestAnswer> {
    return readAnswer(await this.fetch(server, method, path, body, destination));
  }

  /** A signed request, and its answer as it comes. */
  async fetch(
    server: TestServer,
    method: string,
    path: string,
    body?: JsonObject,
    destination = server.name,
  ): Promise<Response> {
    const content = body === undefined ? {} : { content: body };
    const bytes = requestSigningBytes({ method, uri: path, origin: this.name, destination, ...content });
    const authorization = formatXMatrix({
      origin: this.name,
      destination,
      key: "ed25519:1",
      sig: this.#key.signBytes(bytes),
    });
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization, "content-type": "application/json" };
    const request = new Request(`https://${server.name}${path}`, { method, headers, ...text });
    const response = await server.homeserver.fetch(request);
    // What it says may be as wrong as it likes; what is answered may not.
    tellTraffic(request, undefined, await readAnswer(response.clone()));
    return response;
  }

  /** A request whose body is given as text, signed over that text: it has to be in canonical order. */
  async rawRequest(server: TestServer, path: string, text: string): Promise<TestAnswer> {
    const [origin, destination] = [this.name, server.name];
    const rest = JSON.stringify({ destination, method: "PUT", origin, uri: path }).slice(1);
    const bytes = new TextEncoder().encode(`{"content":${text},${rest}`);
    const sig = this.#key.signBytes(bytes);
    const authorization = formatXMatrix({ origin, destination, key: "ed25519:1", sig });
    const headers = { authorization, "content-type": "application/json" };
    const request = new Request(`https://${server.name}${path}`, { method: "PUT", headers, body: text });
    return readAnswer(await server.homeserver.fetch(request));
  }

  /** A hashed and signed event. */
  signEvent(unsigned: UnsignedPdu, versionId: string): { id: string; pdu: Pdu } {
    const { pdu, bytes, eventId: id } = eventToSign(unsigned, findRoomVersion(versionId)!);
    return { id, pdu: withSignature(pdu, this.name, "ed25519:1", this.#key.signature(bytes)) };
  }

  /** Sends PDUs. What became of each: nothing bad is `{}`. */
  async sendPdus(server: TestServer, pdus: readonly Json[]): Promise<Record<string, JsonObject>> {
    const path = `/_matrix/federation/v1/send/${this.#transactions++}`;
    const answer = await this.request(server, "PUT", path, {
      origin: this.name,
      origin_server_ts: 1,
      pdus: [...pdus],
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.pdus as Record<string, JsonObject>;
  }

  /** Sends EDUs: kind and content. */
  async send(server: TestServer, ...edus: [edu_type: string, content: JsonObject][]): Promise<void> {
    const answer = await this.request(server, "PUT", `/_matrix/federation/v1/send/${this.#transactions++}`, {
      origin: this.name,
      origin_server_ts: 1,
      pdus: [],
      edus: edus.map(([edu_type, content]) => ({ edu_type, content })),
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Lets one of its users join a room. */
  async join(server: TestServer, userId: string, roomId: string): Promise<void> {
    const user = parseUserId(userId);
    if (isRefusal(user)) throw new Error(user.code);
    const versions = Object.keys(roomVersions)
      .map((id) => `ver=${id}`)
      .join("&");
    const made = await this.request(
      server,
      "GET",
      `/_matrix/federation/v1/make_join/${encodeURIComponent(roomId)}/${encodeURIComponent(userId)}?${versions}`,
    );
    const version = findRoomVersion(String(made.body.room_version))!;
    const template = { ...(made.body.event as JsonObject), origin_server_ts: server.clock.now() };
    const { id: eventId, pdu: signed } = this.signEvent(template as unknown as UnsignedPdu, version.id);
    const path = `/_matrix/federation/v2/send_join/${encodeURIComponent(roomId)}/${encodeURIComponent(eventId)}`;
    const sent = await this.request(server, "PUT", path, signed as unknown as JsonObject);
    if (sent.status !== 200) throw new Error(`${sent.status} ${JSON.stringify(sent.body)}`);
  }

  async #answer(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    if (path === "/_matrix/key/v2/server") return Response.json(this.#keys());
    const text = request.method === "GET" ? "" : await request.text();
    if (path.startsWith("/_matrix/federation/v1/send/")) return Response.json({ pdus: {} });
    const found = [...this.answers].find(([part]) => `${request.method} ${path}`.includes(part))?.[1];
    if (!found) return Response.json({ errcode: "M_UNRECOGNIZED", error: "Not played" }, { status: 404 });
    const answer = found(text === "" ? {} : JSON.parse(text));
    return answer instanceof Response ? answer : Response.json(answer as Json);
  }

  #keys(): JsonObject {
    const keys = {
      server_name: this.name,
      verify_keys: { "ed25519:1": { key: this.#key.publicKey } },
      old_verify_keys: {},
      valid_until_ts: Date.UTC(2027, 0, 1),
    };
    return this.#key.sign(keys, this.name, "ed25519:1");
  }
}
