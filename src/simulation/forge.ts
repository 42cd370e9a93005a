import { encodeBase64 } from "../protocol/base64.ts";
import { serverOf } from "../protocol/identifiers.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { Pdu } from "../protocol/pdu.ts";
import { findRoomVersion, type RoomVersion } from "../protocol/room-versions.ts";
import {
  eventSigningBytes,
  eventToSign,
  formatXMatrix,
  requestSigningBytes,
  withSignature,
} from "../protocol/signatures.ts";
import type { HttpRequest } from "./http.ts";
import type { HostName } from "./log.ts";

/** How the signatures of a forged event come about. */
export type ForgedSignature =
  /** The ones that it had. */
  | "kept"
  /** The forging server's own, in its own name. */
  | "own"
  /** In the name of the sender's server, by a key that is not that server's. */
  | "stranger";

/** What a dishonest server sends: events as somebody has edited them. Plain data. */
export type ForgeOrder = {
  to: HostName[];
  roomVersion: string;
  pdus: JsonObject[];
  /** Whether the content hash is made to fit what was edited. */
  hash: "fits" | "kept";
  sign: ForgedSignature;
  /** The name that the server gives itself, where that is not its own. */
  claim?: HostName;
};

/** The forging server's pen. */
export type Forger = {
  name: HostName;
  /** World time, milliseconds since 1970. */
  now: number;
  /** Names the transaction. */
  transaction: string;
  /** Signs with the server's own key. */
  sign(bytes: Uint8Array): Promise<{ keyId: string; signature: Uint8Array }>;
};

/** The transaction with which a forged event goes to a server, as any other would. */
export async function forgedTransaction(
  order: ForgeOrder,
  to: HostName,
  forger: Forger,
): Promise<HttpRequest> {
  const version = findRoomVersion(order.roomVersion);
  const pdus = await Promise.all(
    order.pdus.map((pdu) => (version ? forgedEvent(pdu as unknown as Pdu, version, order, forger) : pdu)),
  );
  const origin = order.claim ?? forger.name;
  const content = { origin, origin_server_ts: forger.now, pdus: pdus as unknown as JsonObject[] };
  const uri = `/_matrix/federation/v1/send/${forger.transaction}`;
  const method = "PUT";
  const bytes = requestSigningBytes({ method, uri, origin, destination: to, content });
  const { keyId, signature } = await forger.sign(bytes);
  const authorization = formatXMatrix({ origin, destination: to, key: keyId, sig: encodeBase64(signature) });
  return {
    method,
    url: `https://${to}${uri}`,
    headers: [
      ["authorization", authorization],
      ["content-type", "application/json"],
    ],
    body: JSON.stringify(content),
  };
}

async function forgedEvent(
  edited: Pdu,
  version: RoomVersion,
  order: ForgeOrder,
  forger: Forger,
): Promise<Pdu> {
  const { unsigned: _, ...bare } = edited;
  const { hashes, signatures, ...plain } = bare;
  const pdu: Pdu = order.hash === "fits" ? { ...eventToSign(plain, version).pdu, signatures } : bare;
  if (order.sign === "kept") return pdu;
  const { keyId, signature } = await forger.sign(eventSigningBytes(pdu, version));
  const signer = order.sign === "own" ? forger.name : (serverOf(pdu.sender) ?? forger.name);
  return withSignature({ ...pdu, signatures: {} }, signer, keyId, signature);
}
