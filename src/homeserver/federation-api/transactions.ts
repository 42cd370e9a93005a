import * as v from "valibot";
import { eventIdOf } from "../../protocol/hashes.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { pduFault } from "../../protocol/pdu-check.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { endOutside } from "../federation/end-outside.ts";
import { reportDropped } from "../federation/incoming-events.ts";
import { receiveEvents } from "../federation/receive-events.ts";
import { type Answer, ok } from "../http/answer.ts";
import { errorAnswer } from "../http/errors.ts";
import { integer } from "../http/validate.ts";
import type { Server } from "../server.ts";
import { receiveEdu } from "./edus.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import { openRoom } from "./room-of-both.ts";

const mostPdus = 50;
const mostEdus = 100;

/**
 * PUT /_matrix/federation/v1/send/{txnId}
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv1sendtxnid
 */
const send = federationEndpoint({
  method: "PUT",
  path: "/_matrix/federation/v1/send/{txnId}",
  body: v.looseObject({
    origin: v.optional(v.string()),
    origin_server_ts: v.optional(integer),
    pdus: v.optional(v.array(v.any()), []),
    edus: v.optional(v.array(v.any()), []),
  }),
  handle({ server, origin, params, body }): Promise<Answer> | Refusal {
    if (body.origin !== undefined && body.origin !== origin) {
      return { code: "federation/other-origin", facts: { user: body.origin, origin } };
    }
    const { pdus, edus } = body;
    if (pdus.length > mostPdus) return tooMany("pdus", pdus.length, mostPdus);
    if (edus.length > mostEdus) return tooMany("edus", edus.length, mostEdus);
    return server.federation.received.once(origin, params.txnId, () => receive(server, origin, pdus, edus));
  },
});

function tooMany(name: string, count: number, limit: number): Refusal {
  return { code: "federation/too-many", facts: { name, count, limit } };
}

async function receive(
  server: Server,
  origin: string,
  pdus: readonly Json[],
  edus: readonly Json[],
): Promise<Answer> {
  const results: JsonObject = {};
  for (const [roomId, values] of byRoom(server, origin, pdus)) {
    // What comes while this server is about to be in the room has to wait until it is.
    await server.federation.joinsSettled(roomId);
    const room = openRoom(server, roomId, origin);
    if (isRefusal(room)) {
      for (const value of values) {
        if (await endOutside(server, roomId, value, origin)) continue;
        Object.assign(results, refuse(server, roomId, value, origin, room));
      }
      continue;
    }
    for (const [id, refusal] of await receiveEvents(server, room, values, { origin, via: "transaction" })) {
      // What cannot be judged yet is kept until it can be: that is no fault of it.
      const isWaiting = refusal?.code === "federation/missing-events";
      results[id] = refusal && !isWaiting ? { error: errorText(refusal) } : {};
    }
  }
  for (const edu of edus) await receiveEdu(server, origin, edu);
  return ok({ pdus: results });
}

/** In the order in which the rooms come up first. */
function byRoom(server: Server, origin: string, pdus: readonly Json[]): Map<string, Json[]> {
  const rooms = new Map<string, Json[]>();
  for (const pdu of pdus) {
    const roomId = isJsonObject(pdu) ? pdu.room_id : undefined;
    if (typeof roomId !== "string") {
      const refusal: Refusal = { code: "pdu/missing-key", facts: { key: "room_id" } };
      server.ports.report({ type: "event-dropped", pdu, origin, refusal });
      continue;
    }
    const values = rooms.get(roomId);
    if (values) values.push(pdu);
    else rooms.set(roomId, [pdu]);
  }
  return rooms;
}

/** Without the room's version an event has no id to answer under. */
function refuse(server: Server, roomId: string, value: Json, origin: string, refusal: Refusal): JsonObject {
  reportDropped(server, roomId, value, origin, refusal);
  const version = server.rooms.get(roomId)?.version;
  if (!version || pduFault(value, version)) return {};
  return { [eventIdOf(value as Pdu, version)]: { error: errorText(refusal) } };
}

function errorText(refusal: Refusal): string {
  const { body } = errorAnswer(refusal);
  return isJsonObject(body) ? String(body.error) : refusal.code;
}

export const transactionEndpoints = [send];
