import type * as MatrixSdk from "matrix-js-sdk";

export type Sdk = typeof MatrixSdk;

let loading: Promise<Sdk> | undefined;

/** matrix-js-sdk, loaded when the first client needs it. May be called early, to have it when it is needed. */
export function loadSdk(): Promise<Sdk> {
  loading ??= quiet()
    .then(() => import("matrix-js-sdk"))
    .then((sdk) => {
      // A store of the SDK's crypto of old, from which nobody here has to move.
      sdk.setCryptoStoreFactory(() => undefined as never);
      return sdk;
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** What the SDK tells about every request is in the world's log already. Parts of it bind the logger as they load. */
async function quiet(): Promise<void> {
  const { logger } = await import("matrix-js-sdk/lib/logger.js");
  const methods = logger as unknown as { methodFactory: () => () => void; rebuild(): void };
  methods.methodFactory = () => () => undefined;
  methods.rebuild();
}

/** Says nothing: see `loadSdk`. */
export const silentLogger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  getChild: () => silentLogger,
};
