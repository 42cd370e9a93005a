import type { JsonObject } from "../../../../src/protocol/json.ts";
import type { UnsignedPdu } from "../../../../src/protocol/pdu.ts";
import type { RoomVersionId } from "../../../../src/protocol/room-versions.ts";
import type { MadeEvent } from "../room-with-peer.ts";
import type { HostileRoom } from "./hostile-room.ts";
import { type Outcome, type Story, tellStories } from "./stories.ts";

const oldAndNew: readonly RoomVersionId[] = ["6", "12"];
const eve = "@eve:harbor.example";

const refused = (answer: string, code: string): Outcome => ({ answer, refused: [code] });
const wrong = refused("400 M_INVALID_PARAM", "federation/wrong-event");

/** The member event that the server makes for Eve, changed and signed. */
async function made(
  scene: HostileRoom,
  change: Partial<UnsignedPdu> = {},
  membership = "join",
): Promise<MadeEvent> {
  const path = `/_matrix/federation/v1/make_join/${encodeURIComponent(scene.room)}/${encodeURIComponent(eve)}`;
  const { body } = await scene.peer.request(scene.garden, "GET", `${path}?ver=${scene.version}`);
  const { origin: _, ...event } = body.event as JsonObject & { origin: string };
  const content = { membership };
  return scene.peer.signEvent({ ...(event as unknown as UnsignedPdu), content, ...change }, scene.version);
}

const put = (scene: HostileRoom, what: string, { id, pdu }: MadeEvent, room = scene.room) =>
  scene.ask("PUT", `${what}/${encodeURIComponent(room)}/${encodeURIComponent(id)}`, pdu as never);

const sends =
  (change: Partial<UnsignedPdu>, what = "v2/send_join", membership = "join") =>
  async (scene: HostileRoom) =>
    put(scene, what, await made(scene, change, membership));

const asks = (path: (scene: HostileRoom) => string) => (scene: HostileRoom) => scene.ask("GET", path(scene));
const part = encodeURIComponent;

const templates: Story[] = [
  {
    name: "wants to join for Ada",
    play: asks(({ room, ada }) => `v1/make_join/${part(room)}/${part(ada.id)}?ver=11`),
    outcome: refused("403 M_FORBIDDEN", "federation/other-origin"),
  },
  {
    name: "wants to leave for Ada",
    play: asks(({ room, ada }) => `v1/make_leave/${part(room)}/${part(ada.id)}`),
    outcome: refused("403 M_FORBIDDEN", "federation/other-origin"),
  },
  {
    name: "wants to knock for Ada",
    play: asks(({ room, ada }) => `v1/make_knock/${part(room)}/${part(ada.id)}?ver=11`),
    outcome: refused("403 M_FORBIDDEN", "federation/other-origin"),
  },
  {
    name: "wants to join a room that nobody knows",
    play: asks(() => `v1/make_join/${part("!no:garden.example")}/${part(eve)}?ver=11`),
    outcome: refused("404 M_NOT_FOUND", "federation/unknown-room"),
  },
  {
    name: "wants to join and knows no such rooms",
    versions: oldAndNew,
    play: asks(({ room }) => `v1/make_join/${part(room)}/${part(eve)}?ver=3`),
    outcome: refused("400 M_INCOMPATIBLE_ROOM_VERSION", "federation/incompatible-version"),
  },
  {
    name: "wants to leave for who is not in the room",
    play: asks(({ room }) => `v1/make_leave/${part(room)}/${part(eve)}`),
    outcome: refused("403 M_FORBIDDEN", "auth/leave-without-being-in"),
  },
  {
    name: "wants to knock where all may come in",
    play: asks(({ room }) => `v1/make_knock/${part(room)}/${part(eve)}?ver=11`),
    outcome: refused("403 M_FORBIDDEN", "auth/knock-rule-forbids"),
  },
  {
    name: "wants to join for no user",
    play: asks(({ room }) => `v1/make_join/${part(room)}/eve?ver=11`),
    outcome: refused("403 M_FORBIDDEN", "federation/other-origin"),
  },
];

const joins: Story[] = [
  {
    name: "sends a join under another event's id",
    versions: oldAndNew,
    play: async (scene) => put(scene, "v2/send_join", { ...(await made(scene)), id: `$${"a".repeat(43)}` }),
    outcome: wrong,
  },
  { name: "sends a message for a join", play: sends({ type: "m.room.message" }), outcome: wrong },
  { name: "sends a leave for a join", play: sends({ content: { membership: "leave" } }), outcome: wrong },
  { name: "sends a join for a leave", play: sends({}, "v2/send_leave"), outcome: wrong },
  { name: "sends a join for a knock", play: sends({}, "v1/send_knock"), outcome: wrong },
  {
    name: "sends a join of Ada's",
    play: sends({ sender: "@ada:garden.example", state_key: "@ada:garden.example" }),
    outcome: refused("400 M_INVALID_PARAM", "federation/bad-signature"),
  },
  {
    name: "lets another join by Eve's word",
    play: sends({ state_key: "@mal:harbor.example" }),
    outcome: wrong,
  },
  {
    name: "sends a join of no user",
    play: sends({ sender: "eve", state_key: "eve" }),
    outcome: refused("400 M_INVALID_PARAM", "identifier/wrong-sigil"),
  },
  {
    name: "sends a join of another room to this one",
    versions: ["6", "11"],
    play: sends({ room_id: "!other:garden.example" }),
    outcome: refused("400 M_INVALID_PARAM", "federation/other-room"),
  },
  {
    name: "does not sign a join",
    versions: oldAndNew,
    play: async (scene) => put(scene, "v2/send_join", scene.forged(await made(scene), { signatures: {} })),
    outcome: refused("400 M_INVALID_PARAM", "federation/bad-signature"),
  },
  {
    name: "sends a join that cites nothing",
    versions: oldAndNew,
    play: sends({ auth_events: [] }),
    outcome: (version) =>
      refused("403 M_FORBIDDEN", version === "12" ? "auth/join-needs-invite" : "auth/cites-no-create"),
  },
  {
    name: "sends a join that follows what nobody has",
    play: sends({ prev_events: [`$${"z".repeat(43)}`] }),
    outcome: refused("400 M_INVALID_PARAM", "federation/missing-events"),
  },
  {
    name: "sends a join that follows nothing",
    play: sends({ prev_events: [] }),
    outcome: refused("403 M_FORBIDDEN", "auth/no-create"),
  },
  {
    name: "sends half a join",
    play: (scene) => scene.ask("PUT", `v2/send_join/${part(scene.room)}/$a`, { type: "m.room.member" }),
    outcome: refused("400 M_BAD_JSON", "pdu/missing-key"),
  },
  {
    name: "joins by the word of somebody who is not in the room",
    versions: ["11"],
    play: sends({
      content: { membership: "join", join_authorised_via_users_server: "@nobody:garden.example" },
    }),
    cleanUp: async (scene) => put(scene, "v2/send_leave", await left(scene)),
    // Where all may come in, nobody has to let them in: the word counts for nothing.
    outcome: { answer: "200", stored: 1, changes: [`m.room.member ${eve}`] },
  },
  {
    name: "joins by the word of somebody of it who has not signed",
    versions: ["11"],
    play: sends({
      content: { membership: "join", join_authorised_via_users_server: "@nobody:other.example" },
    }),
    outcome: refused("403 M_FORBIDDEN", "auth/authoriser-not-signed"),
  },
  {
    name: "changes what a join says after it was signed",
    async play(scene) {
      const event = await made(scene);
      const content = { membership: "join", displayname: "Ada" };
      const answer = await put(scene, "v2/send_join", scene.forged(event, { content }));
      const { content: kept } = await scene.ada.done("GET", `${scene.path}/event/${part(event.id)}`);
      return [answer, kept];
    },
    cleanUp: async (scene) => put(scene, "v2/send_leave", await left(scene)),
    outcome: {
      answer: ["200", { membership: "join" }],
      stored: 1,
      changes: [`m.room.member ${eve}`],
    },
  },
];

/** Eve goes again. */
async function left(scene: HostileRoom): Promise<MadeEvent> {
  const path = `/_matrix/federation/v1/make_leave/${part(scene.room)}/${part(eve)}`;
  const { body } = await scene.peer.request(scene.garden, "GET", path);
  const { origin: _, ...event } = body.event as JsonObject & { origin: string };
  return scene.peer.signEvent(event as unknown as UnsignedPdu, scene.version);
}

const banned: Story[] = [
  {
    name: "joins for somebody who is banned",
    versions: oldAndNew,
    setUp: async (scene) => {
      const { pdu } = await made(scene);
      await scene.ada.done("POST", `${scene.path}/ban`, { user_id: eve });
      return JSON.stringify(pdu);
    },
    async play(scene, given) {
      // As if the ban were not there.
      const { hashes: _, signatures: __, ...unsigned } = JSON.parse(given) as JsonObject;
      return put(
        scene,
        "v2/send_join",
        scene.peer.signEvent(unsigned as unknown as UnsignedPdu, scene.version),
      );
    },
    cleanUp: (scene) => scene.ada.done("POST", `${scene.path}/unban`, { user_id: eve }),
    outcome: refused("403 M_FORBIDDEN", "auth/banned"),
  },
  {
    name: "has a template made for somebody who is banned",
    setUp: async (scene) => {
      await scene.ada.done("POST", `${scene.path}/ban`, { user_id: eve });
      return "";
    },
    play: asks(({ room }) => `v1/make_join/${part(room)}/${part(eve)}?ver=11`),
    cleanUp: (scene) => scene.ada.done("POST", `${scene.path}/unban`, { user_id: eve }),
    outcome: refused("403 M_FORBIDDEN", "auth/banned"),
  },
];

const others: Story[] = [
  ...["state", "state_ids"].map(
    (what): Story => ({
      name: `that is not in a room asks for ${what}`,
      play: async (scene) =>
        answerTo(scene, `v1/${what}/${part(scene.room)}?event_id=${part(await scene.lastId())}`),
      outcome: { ...refused("403 M_FORBIDDEN", "federation/not-in-room"), writes: ["server-keys"] },
    }),
  ),
  ...["backfill", "event_auth", "event", "get_missing_events"].map(
    (what): Story => ({
      name: `that is not in a room asks for ${what}`,
      async play(scene) {
        const [id, room] = [part(await scene.lastId()), part(scene.room)];
        const body = { earliest_events: [], latest_events: [await scene.lastId()] };
        const paths: Record<string, [path: string, body?: JsonObject]> = {
          backfill: [`v1/backfill/${room}?v=${id}&limit=9`],
          event_auth: [`v1/event_auth/${room}/${id}`],
          event: [`v1/event/${id}`],
          get_missing_events: [`v1/get_missing_events/${room}`, body],
        };
        return answerTo(scene, ...paths[what]!);
      },
      outcome: { ...refused("403 M_FORBIDDEN", "federation/not-in-room"), writes: ["server-keys"] },
    }),
  ),
  {
    name: "asks for missing events without saying which",
    play: (scene) => scene.ask("POST", `v1/get_missing_events/${part(scene.room)}`, { limit: 1 }),
    outcome: refused("400 M_MISSING_PARAM", "request/missing-param"),
  },
  {
    name: "asks for the state before an event that nobody has",
    play: asks(({ room }) => `v1/state/${part(room)}?event_id=$no`),
    outcome: refused("404 M_NOT_FOUND", "federation/unknown-event"),
  },
];

async function answerTo(scene: HostileRoom, path: string, body?: JsonObject): Promise<string> {
  const method = body ? "POST" : "GET";
  const answer = await scene.stranger().request(scene.garden, method, `/_matrix/federation/${path}`, body);
  return `${answer.status} ${answer.body.errcode}`;
}

tellStories("coming, going and looking in", [...templates, ...joins, ...banned, ...others]);
