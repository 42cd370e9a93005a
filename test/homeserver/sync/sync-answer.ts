import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

export type Event = {
  event_id: string;
  type: string;
  sender: string;
  state_key?: string;
  content: JsonObject;
  unsigned: JsonObject;
};
export type Events = { events: Event[] };
export type Joined = {
  timeline: Events & { limited: boolean; prev_batch: string };
  state?: Events;
  state_after?: Events;
  "org.matrix.msc4222.state_after"?: Events;
  summary: JsonObject;
  ephemeral: Events;
  account_data: Events;
  unread_notifications: JsonObject;
  unread_thread_notifications?: JsonObject;
};
export type Answer = {
  next_batch: string;
  rooms?: {
    join?: Record<string, Joined>;
    leave?: Record<string, Joined>;
    invite?: Record<string, { invite_state: Events }>;
  };
  account_data: Events;
};

export const sync = async (user: TestUser, query: Record<string, string | number> = {}) =>
  (await user.sync(query)) as unknown as Answer;
export const bodies = ({ events }: Events) =>
  events.map(({ content }) => content.body).filter((body) => body !== undefined);
export const types = ({ events } = { events: [] } as Events) => events.map(({ type }) => type);

/** Bo with a room, and Ada who may come in. */
export async function pair(wishes: JsonObject = {}) {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  const room = await bo.createRoom({ preset: "public_chat", ...wishes });
  const path = `v3/rooms/${encodeURIComponent(room)}`;
  return { server, bo, ada, room, path };
}
