/**
 * A room's state at one place in its graph: {@link stateKeyOf} → event id.
 * https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution
 */
export type StateMap = ReadonlyMap<string, string>;

/** One string for a type and a state key, different for every pair: the type is quoted, so it ends somewhere. */
export function stateKeyOf(type: string, stateKey: string): string {
  return needsEscape.test(type) ? `${JSON.stringify(type)}${stateKey}` : `"${type}"${stateKey}`;
}

const needsEscape = /["\\]/;
