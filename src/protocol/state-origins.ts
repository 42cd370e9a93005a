/** What of an event says where the state after it comes from. */
export type StateStep = {
  pdu: { readonly state_key?: unknown };
  /** The events whose states its own follows from: where it follows messages, what those have left as it was. */
  follows: readonly string[];
};

/**
 * The events whose states the state before an event follows from. A message changes no state, so a straight run of them
 * stands for the event before it, and can be forgotten without the state being lost.
 */
export function followedStates(
  parents: unknown,
  get: (eventId: string) => StateStep | undefined,
): readonly string[] {
  if (!Array.isArray(parents)) return [];
  return [...new Set(parents.map(String).map((parent) => stateOrigin(parent, get(parent))))];
}

/** Is the state after it another than that after the one event that it follows? */
export function changesState({ pdu, follows }: StateStep): boolean {
  return pdu.state_key !== undefined || follows.length !== 1;
}

/** An event that is not known stands for itself. */
function stateOrigin(id: string, event: StateStep | undefined): string {
  return event === undefined || changesState(event) ? id : event.follows[0]!;
}
