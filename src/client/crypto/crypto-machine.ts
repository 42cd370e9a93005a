import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { MatrixClient } from "matrix-js-sdk";
import type { CryptoApi } from "matrix-js-sdk/lib/crypto-api/index.js";

/** The crypto of a client that was started with it. */
export function cryptoOf(client: MatrixClient): CryptoApi {
  const crypto = client.getCrypto();
  if (!crypto) throw new Error("This client has no crypto");
  return crypto;
}

/** The machine under the SDK's crypto: some of what it holds has no other way out. */
export function machineOf(client: MatrixClient): OlmMachine {
  return (cryptoOf(client) as unknown as { olmMachine: OlmMachine }).olmMachine;
}

/** What sends one request of the machine's. */
export function senderOf(client: MatrixClient): { makeOutgoingRequest(request: unknown): Promise<void> } {
  return (cryptoOf(client) as unknown as { outgoingRequestProcessor: ReturnType<typeof senderOf> })
    .outgoingRequestProcessor;
}

/** What sends the machine's requests. */
export function outgoingOf(client: MatrixClient): { doProcessOutgoingRequests(): Promise<void> } {
  return (cryptoOf(client) as unknown as { outgoingRequestsManager: ReturnType<typeof outgoingOf> })
    .outgoingRequestsManager;
}
