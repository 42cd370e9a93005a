import type { HomeserverSettings } from "../../../src/homeserver/settings.ts";
import type { Json, JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../../src/protocol/pdu.ts";
import { type RoomVersionId, roomVersions } from "../../../src/protocol/room-versions.ts";
import type { TestServer, TestUser } from "../test-server.ts";
import { LinkedServers } from "./linked-servers.ts";
import { TestPeer } from "./test-peer.ts";

export const bo = "@bo:harbor.example";

/** An event as a peer made it. */
export type MadeEvent = { id: string; pdu: Pdu };

/** A server with a room of Ada's, and a played server whose user Bo is in it. */
export class RoomWithPeer {
  readonly links: LinkedServers;
  readonly garden: TestServer;
  readonly peer: TestPeer;
  readonly ada: TestUser;
  readonly version: RoomVersionId;
  readonly room: string;

  protected constructor(parts: Pick<RoomWithPeer, "links" | "garden" | "peer" | "ada" | "version" | "room">) {
    this.links = parts.links;
    this.garden = parts.garden;
    this.peer = parts.peer;
    this.ada = parts.ada;
    this.version = parts.version;
    this.room = parts.room;
  }

  static async start(version: RoomVersionId = "11", body: JsonObject = {}): Promise<RoomWithPeer> {
    return new RoomWithPeer(await RoomWithPeer.parts(version, body));
  }

  protected static async parts(
    version: RoomVersionId,
    body: JsonObject,
    settings: Partial<HomeserverSettings> = {},
  ) {
    const links = new LinkedServers();
    const garden = await links.start("garden.example", settings);
    const peer = new TestPeer(links, "harbor.example");
    const ada = await garden.user("ada");
    const room = await ada.createRoom({ preset: "public_chat", room_version: version, ...body });
    await peer.join(garden, bo, room);
    return { links, garden, peer, ada, version, room };
  }

  /** Of the client-server API. */
  get path(): string {
    return `v3/rooms/${encodeURIComponent(this.room)}`;
  }

  /** The event that gives a place in the state its value now. */
  async idOf(type: string, stateKey = "", room = this.room): Promise<string> {
    const path = `v3/rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(stateKey)}`;
    return String((await this.ada.done("GET", `${path}?format=event`)).event_id);
  }

  /** The newest event that is shown. */
  async lastId(): Promise<string> {
    const { chunk } = await this.ada.done("GET", `${this.path}/messages?dir=b&limit=1`);
    return String((chunk as JsonObject[])[0]!.event_id);
  }

  /** The next event of Bo's, as a server makes it that keeps to the rules, and changed. */
  async draft(change: Partial<UnsignedPdu> = {}): Promise<UnsignedPdu> {
    const citesCreate = roomVersions[this.version].authEventsCiteCreate;
    const create = citesCreate ? [await this.idOf("m.room.create")] : [];
    return {
      type: "m.room.message",
      sender: bo,
      room_id: this.room,
      content: { msgtype: "m.text", body: "hello" },
      origin_server_ts: this.garden.clock.now(),
      depth: 100,
      prev_events: [await this.lastId()],
      auth_events: [...create, await this.idOf("m.room.power_levels"), await this.idOf("m.room.member", bo)],
      ...change,
    };
  }

  async event(change: Partial<UnsignedPdu> = {}): Promise<MadeEvent> {
    return this.peer.signEvent(await this.draft(change), this.version);
  }

  /** The texts of all messages. */
  async bodies(): Promise<Json[]> {
    const { chunk } = await this.ada.done("GET", `${this.path}/messages?dir=f&limit=1000`);
    return (chunk as { type: string; content: JsonObject }[]).flatMap(({ type, content }) =>
      type === "m.room.message" ? [content.body!] : [],
    );
  }

  /** What the server has told of itself, of one kind. */
  facts(type: string): JsonObject[] {
    return this.garden.ports.facts.filter((fact) => fact.type === type) as unknown as JsonObject[];
  }

  codes(type: string): unknown[] {
    return this.facts(type).map(({ refusal }) => (refusal as JsonObject).code);
  }
}
