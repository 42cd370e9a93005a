import type { MatrixClient } from "matrix-js-sdk";
import type { Sdk } from "./sdk.ts";

/** Resolves when the client has synced once, sees that it cannot, or is stopped. */
export function firstSync(sdk: Sdk, client: MatrixClient, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    client.on(sdk.ClientEvent.Sync, (state) => {
      if (state === "PREPARED" || state === "ERROR") resolve();
    });
    stopped.addEventListener("abort", () => resolve());
  });
}
