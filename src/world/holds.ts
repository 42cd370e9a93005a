import type { Condition, PlainCondition, Since } from "./condition.ts";
import { accountHolds } from "./conditions/account-holds.ts";
import { addressHolds } from "./conditions/address-holds.ts";
import type { When } from "./conditions/condition-when.ts";
import { deedHolds } from "./conditions/deed-holds.ts";
import { encryptionHolds } from "./conditions/encryption-holds.ts";
import { federationHolds } from "./conditions/federation-holds.ts";
import { keyHolds } from "./conditions/key-holds.ts";
import { type Holds, type Known, of } from "./conditions/known.ts";
import { messageHolds } from "./conditions/message-holds.ts";
import { networkHolds } from "./conditions/network-holds.ts";
import { roomHolds } from "./conditions/room-holds.ts";
import type { Observation } from "./observation.ts";
import type { Bindings } from "./world.ts";

/** Is the condition true of what is observed? */
export function holds(
  condition: Condition,
  observation: Observation,
  bindings: Bindings,
  since: Since,
): boolean {
  return becameTrue(condition, observation, bindings, since) !== undefined;
}

/**
 * The log's sequence number at which the condition became true, the first one beyond `after`; undefined while it is
 * not true, or has not become true anew since then.
 */
export function becameTrue(
  condition: Condition,
  observation: Observation,
  bindings: Bindings,
  since: Since,
  after = -1,
): number | undefined {
  return find(condition, { observation, bindings, since }, after);
}

function find(condition: Condition, known: Known, after: number): number | undefined {
  switch (condition.type) {
    case "all": {
      const first = condition.of.map((part) => find(part, known, -1));
      if (first.includes(undefined)) return undefined;
      const together = Math.max(0, ...(first as number[]));
      if (together > after) return together;
      return earliest(condition.of.map((part) => find(part, known, after)));
    }
    case "any":
      return earliest(condition.of.map((part) => find(part, known, after)));
    case "inOrder": {
      let at = after;
      for (const part of condition.of) {
        const found = find(part, known, part.type === "not" ? -1 : at);
        if (found === undefined) return undefined;
        at = Math.max(at, found);
      }
      return at;
    }
    case "not":
      // That something is not so has no moment at which it came about anew.
      return after < 0 && find(condition.of, known, -1) === undefined ? 0 : undefined;
    default: {
      const beyond = Math.max(after, ...lowerBounds(condition, known.since));
      return earliest(sequences(condition, known).filter((sequence) => sequence > beyond));
    }
  }
}

function earliest(found: (number | undefined)[]): number | undefined {
  const known = found.filter((sequence) => sequence !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** What must be exceeded: the place of the goal that it comes after, the step's beginning, or the last look. */
function lowerBounds(condition: When, since: Since): number[] {
  const bounds: number[] = [];
  if (condition.after !== undefined) bounds.push(since.goals[condition.after] ?? Number.POSITIVE_INFINITY);
  if (condition.since === "step") bounds.push(since.step - 1);
  if (condition.since === "look") bounds.push((since.look ?? since.step) - 1);
  return bounds;
}

const topics: Holds<PlainCondition> = {
  ...accountHolds,
  ...roomHolds,
  ...messageHolds,
  ...deedHolds,
  ...networkHolds,
  ...addressHolds,
  ...encryptionHolds,
  ...keyHolds,
  ...federationHolds,
  quiz({ observation }, { quiz, answer }) {
    const given = observation.quizzes[quiz];
    return given?.answer === answer ? of(given) : [];
  },
};

/** Where in the log it was true, for conditions that have no parts. */
function sequences(condition: PlainCondition, known: Known): number[] {
  const find: (known: Known, condition: never) => number[] = topics[condition.type];
  return find(known, condition as never);
}
