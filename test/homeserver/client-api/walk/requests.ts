import type { Json, JsonObject } from "../../../../src/protocol/json.ts";
import { keepTraffic } from "../../../traffic.ts";
import { TestServer, type TestUser } from "../../test-server.ts";
import type { Operation } from "./operations.ts";
import { sample } from "./sample.ts";

/** Who walks, what is there to be found, and what belongs to somebody else. */
export type Ground = {
  server: TestServer;
  bo: TestUser;
  /** Path parameter → something that is there, and is the caller's. */
  there: Record<string, string>;
  /** Path parameter → things that do not exist, or are no such thing. */
  nowhere: Record<string, string[]>;
  /** Path parameter → what is not the caller's. */
  anothers: Record<string, string>;
};

export async function prepareGround(): Promise<Ground> {
  const server = await TestServer.start();
  const bo = await server.user("bo");
  const ada = await server.user("ada");
  const room = await bo.createRoom({ room_alias_name: "tea" });
  const event = await bo.send(room, "Hello");
  const hers = await ada.createRoom();
  const herEvent = await ada.send(hers, "Mine");
  const { filter_id: filter } = await bo.done("POST", `v3/user/${bo.id}/filter`, {});
  return {
    server,
    bo,
    there: {
      roomId: room,
      roomIdOrAlias: room,
      roomAlias: "#tea:garden.example",
      userId: bo.id,
      eventId: event,
      deviceId: bo.deviceId,
      filterId: String(filter),
      keyName: "displayname",
      eventType: "com.example.note",
      type: "com.example.note",
      tag: "u.tea",
      receiptType: "m.read",
      relType: "m.annotation",
      kind: "override",
      ruleId: ".m.rule.master",
      serverName: "garden.example",
    },
    nowhere: {
      roomId: ["!nowhere:garden.example", "!nowhere", "nonsense"],
      roomIdOrAlias: ["!nowhere:garden.example", "#nowhere:garden.example", "nonsense"],
      roomAlias: ["#nowhere:garden.example", "nonsense"],
      userId: ["@nobody:garden.example", "nonsense"],
      eventId: ["$nothing", "nonsense"],
      deviceId: ["NOTHING"],
      filterId: ["99", "nonsense", "-1"],
      kind: ["nothing"],
      ruleId: [".m.rule.nothing"],
      keyName: ["com.example.nothing"],
      mediaId: ["nothing"],
      version: ["99", "nonsense"],
      sessionId: ["nothing"],
      receiptType: ["nothing"],
    },
    anothers: { roomId: hers, userId: ada.id, eventId: herEvent, deviceId: ada.deviceId },
  };
}

/** Bodies that have to say more than their shape does. */
const bodies: Record<string, JsonObject> = {
  login: {
    type: "m.login.password",
    identifier: { type: "m.id.user", user: "bo" },
    password: "bo-secret",
  },
  register: { username: "cy", password: "cy-secret", auth: { type: "m.login.dummy" } },
  createRoom: { preset: "private_chat" },
  inviteUser: { user_id: "@ada:garden.example" },
  kick: { user_id: "@ada:garden.example" },
  ban: { user_id: "@ada:garden.example" },
  unban: { user_id: "@ada:garden.example" },
  setProfileField: { displayname: "Bo" },
  upgradeRoom: { new_version: "11" },
};

/** A body that is as it has to be. */
export function wholeBody({ id, body }: Operation): JsonObject {
  return structuredClone({ ...((body && sample(body)) as JsonObject), ...bodies[id] });
}

const queries: Record<string, Record<string, string>> = {
  checkUsernameAvailability: { username: "dora" },
  getMutualRooms: { user_id: "@ada:garden.example" },
};

/** The required part of the query. */
export function wholeQuery({ id, query }: Operation): Record<string, string> {
  const required = (query ?? []).filter((each) => each.required);
  const samples = required.map(({ name, type, enum: values }) => [
    name,
    values?.[0] ?? (type === "integer" ? "1" : type === "boolean" ? "true" : "sample"),
  ]);
  return { ...Object.fromEntries(samples), ...queries[id] };
}

let transaction = 0;

/** The path with its parameters: those given, else what is there. */
export function pathOf({ path }: Operation, { there }: Ground, given: Record<string, string> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(
      given[name] ?? (name === "txnId" ? `walk${transaction++}` : (there[name] ?? "nothing")),
    ),
  );
}

export type Told = { status: number; errcode: string | undefined; body: JsonObject; wrote: boolean };

/** Sends a request as it stands. `token` is the caller's own unless given; `null` is none. */
export async function ask(
  ground: Ground,
  method: string,
  path: string,
  {
    query = {},
    body,
    token = ground.bo.token,
  }: { query?: Record<string, string>; body?: string | JsonObject; token?: string | null },
): Promise<Told> {
  const { records } = ground.server.ports.journal as unknown as { records: unknown[] };
  const before = records.length;
  const search = new URLSearchParams(query).toString();
  const text = typeof body === "object" ? JSON.stringify(body) : body;
  const request = new Request(`https://garden.example${path}${search && `?${search}`}`, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(text !== undefined && { "content-type": "application/json" }),
    },
    ...(text !== undefined && method !== "GET" && { body: text }),
  });
  const response = await ground.server.homeserver.fetch(request);
  const answer = await response.text();
  keepTraffic(request, text, response, answer);
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  const read = (isJson ? JSON.parse(answer) : {}) as Json;
  const told = (read !== null && typeof read === "object" && !Array.isArray(read) ? read : {}) as JsonObject;
  return {
    status: response.status,
    errcode: typeof told.errcode === "string" ? told.errcode : undefined,
    body: told,
    wrote: records.length !== before,
  };
}
