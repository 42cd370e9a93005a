import { eventIdOf } from "../hashes.ts";
import type { Pdu, UnsignedPdu } from "../pdu.ts";
import { type PowerLevels, powerLevels } from "../power-levels.ts";
import type { Refusal } from "../refusal.ts";
import type { RoomVersion } from "../room-versions.ts";

/** The state that an event is judged by. */
export type AuthState = {
  /** The room's accepted create event. */
  create: Pdu | undefined;
  /** Its id; computed when missing. */
  createId?: string;
  get(type: string, stateKey: string): Pdu | undefined;
};

/** An event that another one names in its `auth_events`. */
export type CitedEvent = {
  pdu: Pdu;
  /** Whether it was itself rejected when it was received. */
  rejected: boolean;
};

/** What the rules need to know and cannot see in the event or the state. */
export type AuthFacts = {
  /** The events that `auth_events` names. Without them the rule about them is left out. */
  authEvents?: readonly CitedEvent[];
  /**
   * The servers whose signatures on the event were found valid. Without it everyone in `signatures` counts:
   * right for events whose signatures were all checked on receipt.
   */
  signedBy?: Pick<ReadonlySet<string>, "has">;
  /** Whether one of `thirdPartyInviteChecks` succeeded. */
  thirdPartyInviteSigned?: boolean;
};

/** Everything that a step may look at. */
export interface Given {
  readonly event: Pdu | UnsignedPdu;
  readonly version: RoomVersion;
  readonly state: AuthState;
  readonly facts: AuthFacts;
  /** Of the state before the event. */
  readonly levels: PowerLevels;
  /** The sender's power level. */
  readonly senderLevel: number;
  readonly createId: string | undefined;
  /** `leave` for those who never were in the room. */
  membership(userId: string): string;
}

export type Verdict = "allow" | Refused | undefined;
/** `steps` are the numbers of the step and those within, where these are not rules of their own. */
export type Refused = Refusal & { steps: number[] };
/** A numbered step of the rules: allows, refuses, or leaves it to the next one. */
export type Step = (given: Given) => Verdict;
/** A step, or one with steps of its own that count when it applies. */
export type Rule = Step | { when: (given: Given) => boolean; steps: readonly Rule[] };

/** @param step the number of a sub-step, for steps that do theirs in a loop. */
export function refuse(code: string, facts: Refusal["facts"] = {}, step?: number): Refused {
  return { code, facts, steps: step === undefined ? [] : [step] };
}

/** A power level as a fact: JSON has no infinity. */
export function levelFact(level: number): number | string {
  return Number.isFinite(level) ? level : "unbounded";
}

export const allow: Step = () => "allow";

/** Takes the rules in order until one decides. */
export function decide(rules: readonly Rule[], given: Given): Verdict {
  for (let index = 0; index < rules.length; index++) {
    const verdict = decideBy(rules[index]!, index + 1, given);
    if (verdict) return verdict;
  }
  return undefined;
}

/** Takes one rule, and puts its number into a refusal. */
export function decideBy(rule: Rule, number: number, given: Given): Verdict {
  const isStep = typeof rule === "function";
  const verdict = isStep ? rule(given) : rule.when(given) ? decide(rule.steps, given) : undefined;
  if (verdict && verdict !== "allow") verdict.steps.unshift(number);
  return verdict;
}

/** What the rules say to the outside. A refusal's fact `rule` is its number, as `4.3.2`. */
export function refusalIn(verdict: Verdict): Refusal | undefined {
  if (!verdict || verdict === "allow") return undefined;
  const { code, facts, steps } = verdict;
  return { code, facts: { ...facts, rule: steps.join(".") } };
}

export function givenFor(
  event: Pdu | UnsignedPdu,
  version: RoomVersion,
  state: AuthState,
  facts: AuthFacts,
): Given {
  return new GivenEvent(event, version, state, facts);
}

/** A class, because an object literal with getters takes as long to make as most rules take to decide. */
class GivenEvent implements Given {
  readonly event: Pdu | UnsignedPdu;
  readonly version: RoomVersion;
  readonly state: AuthState;
  readonly facts: AuthFacts;
  #levels: PowerLevels | undefined;

  constructor(event: Pdu | UnsignedPdu, version: RoomVersion, state: AuthState, facts: AuthFacts) {
    this.event = event;
    this.version = version;
    this.state = state;
    this.facts = facts;
  }

  get levels(): PowerLevels {
    const { state, version } = this;
    this.#levels ??= powerLevels(state.create!, state.get("m.room.power_levels", ""), version);
    return this.#levels;
  }

  get senderLevel(): number {
    return this.levels.user(this.event.sender);
  }

  get createId(): string | undefined {
    const { state, version } = this;
    return state.createId ?? (state.create && eventIdOf(state.create, version));
  }

  // Steps take it out of its object.
  readonly membership = (userId: string): string => {
    const membership = this.state.get("m.room.member", userId)?.content.membership;
    return typeof membership === "string" ? membership : "leave";
  };
}
