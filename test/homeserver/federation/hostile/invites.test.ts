import type { JsonObject } from "../../../../src/protocol/json.ts";
import type { UnsignedPdu } from "../../../../src/protocol/pdu.ts";
import { type RoomVersionId, roomVersions } from "../../../../src/protocol/room-versions.ts";
import { bo, type MadeEvent } from "../room-with-peer.ts";
import type { HostileRoom } from "./hostile-room.ts";
import { type Outcome, type Story, tellStories } from "./stories.ts";

const part = encodeURIComponent;
const oldAndNew: readonly RoomVersionId[] = ["11", "12"];
const wrong: Outcome = { answer: "400 M_INVALID_PARAM", refused: ["federation/wrong-event"] };
const refused = (answer: string, code: string): Outcome => ({ answer, refused: [code] });

/** A room that the other server has made up: its create event, and its name. */
function madeUp(scene: HostileRoom, name = "den"): { room: string; create: MadeEvent } {
  const isHash = roomVersions[scene.version].roomId === "create-event";
  const create = scene.peer.signEvent(
    {
      type: "m.room.create",
      state_key: "",
      sender: bo,
      ...(!isHash && { room_id: `!${name}:harbor.example` }),
      content: { room_version: scene.version, creator: bo, name },
      origin_server_ts: scene.garden.clock.now(),
      depth: 1,
      prev_events: [],
      auth_events: [],
    },
    scene.version,
  );
  return { room: isHash ? `!${create.id.slice(1)}` : create.pdu.room_id!, create };
}

type Change = {
  event?: Partial<UnsignedPdu>;
  id?: string;
  room?: string;
  forge?: Partial<MadeEvent["pdu"]>;
  body?: (create: MadeEvent, scene: HostileRoom) => JsonObject;
};

/** Invites Ada to a room that is made up, in a way that is wrong. */
const invites =
  ({ event, id, room: path, forge, body }: Change) =>
  async (scene: HostileRoom): Promise<string> => {
    const { room, create } = madeUp(scene);
    const invite = scene.peer.signEvent(
      {
        type: "m.room.member",
        state_key: scene.ada.id,
        sender: bo,
        room_id: room,
        content: { membership: "invite" },
        origin_server_ts: scene.garden.clock.now(),
        depth: 5,
        prev_events: [create.id],
        auth_events: [],
        ...event,
      },
      scene.version,
    );
    const full = {
      room_version: scene.version,
      event: { ...invite.pdu, ...forge } as unknown as JsonObject,
      invite_room_state: [create.pdu as unknown as JsonObject],
      ...body?.(create, scene),
    };
    return scene.ask("PUT", `v2/invite/${part(path ?? room)}/${part(id ?? invite.id)}`, full);
  };

const shows = (list: (create: MadeEvent, scene: HostileRoom) => unknown[]) =>
  invites({ body: (create, scene) => ({ invite_room_state: list(create, scene) as JsonObject[] }) });

const events: Story[] = [
  {
    name: "under another event's id",
    versions: oldAndNew,
    play: invites({ id: `$${"a".repeat(43)}` }),
    outcome: wrong,
  },
  {
    name: "to another room than the event's",
    play: invites({ room: "!other:harbor.example" }),
    outcome: wrong,
  },
  {
    name: "by an event that is no member event",
    play: invites({ event: { type: "m.room.topic" } }),
    outcome: wrong,
  },
  {
    name: "by an event that says join",
    versions: oldAndNew,
    play: invites({ event: { content: { membership: "join" } } }),
    outcome: wrong,
  },
  {
    name: "by a user of another server",
    play: invites({ event: { sender: "@mal:other.example" } }),
    outcome: refused("400 M_INVALID_PARAM", "federation/bad-signature"),
  },
  {
    name: "a user of another server",
    play: invites({ event: { state_key: "@mal:other.example" } }),
    outcome: wrong,
  },
  {
    name: "somebody whom there is not",
    play: invites({ event: { state_key: "@nobody:garden.example" } }),
    outcome: refused("404 M_NOT_FOUND", "request/not-found"),
  },
  {
    name: "without a signature",
    versions: oldAndNew,
    play: invites({ forge: { signatures: {} } }),
    outcome: refused("400 M_INVALID_PARAM", "federation/bad-signature"),
  },
  {
    name: "by half an event",
    play: invites({ body: () => ({ event: { type: "m.room.member" } }) }),
    outcome: refused("400 M_BAD_JSON", "pdu/missing-key"),
  },
  {
    name: "to a room of a version that there is not",
    play: invites({ body: () => ({ room_version: "99" }) }),
    outcome: refused("400 M_INCOMPATIBLE_ROOM_VERSION", "federation/incompatible-version"),
  },
  {
    name: "to a room of a version that is not the event's",
    play: invites({ body: () => ({ room_version: "12" }) }),
    outcome: refused("400 M_INVALID_PARAM", "identifier/bad-character"),
  },
  {
    name: "to a room of no version",
    play: invites({ body: () => ({ room_version: 11 }) }),
    outcome: refused("400 M_BAD_JSON", "request/wrong-type"),
  },
];

const states: Story[] = [
  {
    name: "and shows nothing of the room",
    versions: ["12"],
    play: shows(() => []),
    outcome: wrong,
  },
  {
    name: "and shows no list",
    versions: ["12"],
    play: invites({ body: () => ({ invite_room_state: {} }) }),
    outcome: refused("400 M_BAD_JSON", "request/wrong-type"),
  },
  {
    name: "and shows stripped events where full ones have to be",
    versions: ["12"],
    play: shows(({ pdu: { type, sender, content } }) => [{ type, sender, content, state_key: "" }]),
    outcome: wrong,
  },
  {
    name: "and shows the create event of another room",
    versions: ["12"],
    play: shows((_, scene) => [madeUp(scene, "other").create.pdu]),
    outcome: wrong,
  },
  {
    name: "and shows an event of another room",
    versions: ["12"],
    play: shows((create, scene) => {
      const { create: _, room } = madeUp(scene, "other");
      const name = { ...create.pdu, type: "m.room.name", room_id: room, content: { name: "Bank" } };
      const { hashes: __, signatures: ___, ...unsigned } = name;
      return [create.pdu, scene.peer.signEvent(unsigned, scene.version).pdu];
    }),
    outcome: wrong,
  },
  {
    name: "and shows an event that nobody has signed",
    versions: ["12"],
    play: shows((create) => [{ ...create.pdu, signatures: {} }]),
    outcome: wrong,
  },
];

/** Into the room that both servers are in, rules count. */
const inside: Story[] = [
  {
    name: "to the room that this server is in, without the power to",
    async play(scene) {
      const { auth_events: cited } = await scene.draft();
      const event = await scene.event({
        type: "m.room.member",
        state_key: "@carl:garden.example",
        content: { membership: "invite" },
        auth_events: [...cited, await scene.idOf("m.room.join_rules")],
      });
      const body = { room_version: scene.version, event: event.pdu as unknown as JsonObject };
      return scene.ask("PUT", `v2/invite/${part(scene.room)}/${part(event.id)}`, body);
    },
    setUp: async (scene) => (await scene.garden.user("carl")).id,
    outcome: {
      answer: "403 M_FORBIDDEN",
      refused: ["auth/invite-needs-power"],
      rejected: ["auth/invite-needs-power"],
    },
  },
  {
    name: "Ada, who is in the room",
    async play(scene) {
      const { auth_events: cited } = await scene.draft();
      const event = await scene.event({
        type: "m.room.member",
        state_key: scene.ada.id,
        content: { membership: "invite" },
        auth_events: cited,
      });
      const body = { room_version: scene.version, event: event.pdu as unknown as JsonObject };
      return scene.ask("PUT", `v2/invite/${part(scene.room)}/${part(event.id)}`, body);
    },
    outcome: refused("403 M_FORBIDDEN", "auth/invite-to-member"),
  },
];

tellStories("inviting…", [...events, ...states, ...inside]);
