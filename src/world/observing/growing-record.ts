/**
 * A record that grows, as plain data. What is new lies apart from what is old, so that a state that has one entry
 * more shares almost all of it with the state before: many of them are kept to look back.
 */
export type GrowingRecord<Value> = {
  readonly older: Readonly<Record<string, Value>>;
  readonly newer: Readonly<Record<string, Value>>;
};

export const emptyRecord: GrowingRecord<never> = { older: {}, newer: {} };

/** So many entries lie apart. */
const most = 256;

/** @param thinned what stays of the old entries, asked for each time that new ones come to them; else all do */
export function withEntry<Value>(
  { older, newer }: GrowingRecord<Value>,
  key: string,
  value: Value,
  thinned = (entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> => entries,
): GrowingRecord<Value> {
  const isFull = Object.keys(newer).length >= most;
  return isFull
    ? { older: thinned({ ...older, ...newer }), newer: { [key]: value } }
    : { older, newer: { ...newer, [key]: value } };
}

export function entryOf<Value>({ older, newer }: GrowingRecord<Value>, key: string): Value | undefined {
  return newer[key] ?? older[key];
}

/** All entries, those that changed lately last. */
export function entriesOf<Value>({ older, newer }: GrowingRecord<Value>): [string, Value][] {
  const unchanged = Object.entries(older).filter(([key]) => !Object.hasOwn(newer, key));
  return [...unchanged, ...Object.entries(newer)];
}
