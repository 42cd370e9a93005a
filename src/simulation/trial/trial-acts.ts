import type { JsonObject } from "../../protocol/json.ts";
import type { RoomVersionId } from "../../protocol/room-versions.ts";
import type { HostName } from "../log.ts";
import type { Dice } from "./dice.ts";
import type { Reply, TrialClient } from "./trial-client.ts";
import type { TrialPerson } from "./trial-scene.ts";

export type TrialRoom = { id: string; version: RoomVersionId; via: HostName };

/** What people tell each other outside the network: which rooms there are, and which events were sent. */
export type Gossip = {
  people: readonly TrialPerson[];
  rooms: TrialRoom[];
  /** What a server has acknowledged. */
  acknowledged: { server: HostName; room: string; event: string }[];
};

type Act = (client: TrialClient, room: TrialRoom, gossip: Gossip, dice: Dice) => Promise<unknown>;

/** What people do in a room, each as likely as its weight says. Much of it is refused; that is part of it. */
const weights = {
  say: 30,
  join: 12,
  invite: 8,
  sync: 8,
  setTopic: 6,
  setPower: 6,
  redact: 5,
  leave: 4,
  kick: 3,
  ban: 3,
  unban: 3,
  knock: 3,
  setJoinRule: 3,
  setVisibility: 1,
  upgrade: 0.5,
};

export async function actByChance(client: TrialClient, gossip: Gossip, dice: Dice): Promise<void> {
  const room = dice.pick(gossip.rooms);
  if (room) await acts[dice.weighted(weights)](client, room, gossip, dice);
}

/** Makes a room that anybody may come into, or by invitation only. */
export async function createTrialRoom(
  client: TrialClient,
  gossip: Gossip,
  dice: Dice,
  version: RoomVersionId,
): Promise<void> {
  const { body } = await client.call("POST", "v3/createRoom", {
    preset: dice.happens(0.7) ? "public_chat" : "private_chat",
    room_version: version,
  });
  if (typeof body.room_id === "string")
    gossip.rooms.push({ id: body.room_id, version, via: client.person.home });
}

/** Says a last word as everybody may who is in a room, whatever power it takes to write there: by another name. */
export async function sayLastWord(client: TrialClient, room: string, gossip: Gossip): Promise<boolean> {
  const own = await client.stateContent(room, `m.room.member/${encodeURIComponent(client.person.user)}`);
  if (own?.membership !== "join") return false;
  const content = { ...own, displayname: `${client.person.name}, at last` };
  const reply = await client.setState(room, "m.room.member", content, client.person.user);
  if (note(client, room, reply, gossip)) return true;
  // A join rule that the room's version does not know forbids even that.
  const spoken = await client.send(room, "m.room.message", { msgtype: "m.text", body: "At last" });
  return note(client, room, spoken, gossip);
}

function note({ person }: TrialClient, room: string, { status, body }: Reply, gossip: Gossip): boolean {
  if (status !== 200 || typeof body.event_id !== "string") return false;
  gossip.acknowledged.push({ server: person.home, room, event: body.event_id });
  return true;
}

const acts: Record<keyof typeof weights, Act> = {
  async say(client, room, gossip, dice) {
    const content = { msgtype: "m.text", body: `number ${dice.below(1e6)}` };
    note(client, room.id, await client.send(room.id, "m.room.message", content), gossip);
  },
  sync: (client) => client.sync(),
  join: (client, room, gossip, dice) =>
    client.call("POST", `v3/join/${path(room.id)}${via(room, gossip, dice)}`, {}),
  knock: (client, room, gossip, dice) =>
    client.call("POST", `v3/knock/${path(room.id)}${via(room, gossip, dice)}`, {}),
  leave: (client, room) => client.call("POST", `v3/rooms/${path(room.id)}/leave`, {}),
  invite: (client, room, gossip, dice) => toSomebody(client, room, gossip, dice, "invite"),
  kick: (client, room, gossip, dice) => toSomebody(client, room, gossip, dice, "kick"),
  ban: (client, room, gossip, dice) => toSomebody(client, room, gossip, dice, "ban"),
  unban: (client, room, gossip, dice) => toSomebody(client, room, gossip, dice, "unban"),
  async setTopic(client, room, gossip, dice) {
    const content = { topic: `topic ${dice.below(1e6)}` };
    note(client, room.id, await client.setState(room.id, "m.room.topic", content), gossip);
  },
  async setPower(client, room, gossip, dice) {
    const user = dice.pick(gossip.people)!.user;
    const level = dice.pick([0, 10, 50, 90, 100])!;
    const levels = await client.stateContent(room.id, "m.room.power_levels");
    if (!levels) return;
    const users = { ...(levels.users as JsonObject | undefined), [user]: level };
    const reply = await client.setState(room.id, "m.room.power_levels", { ...levels, users });
    note(client, room.id, reply, gossip);
  },
  async setJoinRule(client, room, gossip, dice) {
    const rule = dice.pick(["public", "public", "invite", "knock", "restricted", "knock_restricted"])!;
    const allowed = dice.pick(gossip.rooms)!.id;
    const allow = [{ type: "m.room_membership", room_id: allowed }];
    const content = { join_rule: rule, ...(rule.endsWith("restricted") && { allow }) };
    note(client, room.id, await client.setState(room.id, "m.room.join_rules", content), gossip);
  },
  async setVisibility(client, room, gossip, dice) {
    const visibility = dice.pick(["shared", "joined", "invited", "world_readable"])!;
    const content = { history_visibility: visibility };
    note(client, room.id, await client.setState(room.id, "m.room.history_visibility", content), gossip);
  },
  async redact(client, room, gossip, dice) {
    const known = gossip.acknowledged.filter((each) => each.room === room.id);
    const event = dice.pick(known)?.event;
    if (event) note(client, room.id, await client.redact(room.id, event), gossip);
  },
  async upgrade(client, room, gossip, dice) {
    const version = dice.pick(["11", "12"] as const)!;
    const { body } = await client.call("POST", `v3/rooms/${path(room.id)}/upgrade`, { new_version: version });
    const id = body.replacement_room;
    if (typeof id === "string") gossip.rooms.push({ id, version, via: client.person.home });
  },
};

async function toSomebody(
  client: TrialClient,
  room: TrialRoom,
  gossip: Gossip,
  dice: Dice,
  what: "invite" | "kick" | "ban" | "unban",
): Promise<void> {
  const user = dice.pick(gossip.people)!.user;
  await client.call("POST", `v3/rooms/${path(room.id)}/${what}`, { user_id: user });
}

/** The way in: by the server that made the room, and perhaps another. */
function via(room: TrialRoom, { people }: Gossip, dice: Dice): string {
  const servers = new Set([room.via, dice.pick(people)!.home]);
  return `?${new URLSearchParams([...servers].map((server) => ["via", server]))}`;
}

const path = encodeURIComponent;
