import type { JsonObject } from "../../../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../../../src/protocol/pdu.ts";
import { type RoomVersionId, roomVersions } from "../../../../src/protocol/room-versions.ts";
import { bo, type MadeEvent } from "../room-with-peer.ts";
import type { TestPeer } from "../test-peer.ts";

/** A room of Bo's, as Bo's server tells of it to who wants to join. */
export class MadeRoom {
  readonly #peer: TestPeer;
  readonly version: RoomVersionId;
  readonly create: MadeEvent;
  readonly member: MadeEvent;
  readonly power: MadeEvent;
  readonly rules: MadeEvent;

  constructor(
    peer: TestPeer,
    version: RoomVersionId,
    { name = "den", joinRule = "public", now = 0, claims = version as string } = {},
  ) {
    this.#peer = peer;
    this.version = version;
    const isHash = roomVersions[version].roomId === "create-event";
    const parts = { sender: bo, origin_server_ts: now };
    this.create = peer.signEvent(
      {
        ...parts,
        ...(!isHash && { room_id: `!${name}:harbor.example` }),
        type: "m.room.create",
        state_key: "",
        content: { room_version: claims, creator: bo, name },
        depth: 1,
        prev_events: [],
        auth_events: [],
      },
      version,
    );
    const cites = roomVersions[version].authEventsCiteCreate ? [this.create.id] : [];
    const next = (type: string, state_key: string, content: JsonObject, before: MadeEvent, auth: string[]) =>
      this.sign({
        ...parts,
        type,
        state_key,
        content,
        depth: before.pdu.depth + 1,
        prev_events: [before.id],
        auth_events: auth,
      });
    this.member = next("m.room.member", bo, { membership: "join" }, this.create, cites);
    const users = roomVersions[version].creatorsAreUnbounded ? {} : { [bo]: 100 };
    this.power = next("m.room.power_levels", "", { users }, this.member, [...cites, this.member.id]);
    const cited = [...cites, this.power.id, this.member.id];
    this.rules = next("m.room.join_rules", "", { join_rule: joinRule }, this.power, cited);
  }

  get id(): string {
    return this.create.pdu.room_id ?? `!${this.create.id.slice(1)}`;
  }

  get state(): Pdu[] {
    return [this.create, this.member, this.power, this.rules].map(({ pdu }) => pdu);
  }

  /** An event of this room, unless it says that it is of another. */
  sign(event: UnsignedPdu): MadeEvent {
    return this.#peer.signEvent({ room_id: this.id, ...event }, this.version);
  }

  /** What `make_join` answers for a user. */
  template(userId: string): { room_version: string; event: JsonObject } {
    const cites = roomVersions[this.version].authEventsCiteCreate ? [this.create.id] : [];
    return {
      room_version: this.version,
      event: {
        type: "m.room.member",
        sender: userId,
        state_key: userId,
        room_id: this.id,
        content: { membership: "join" },
        origin_server_ts: 0,
        depth: 5,
        prev_events: [this.rules.id],
        auth_events: [...cites, this.power.id, this.rules.id],
      },
    };
  }
}
