import type { Action, ActionResult } from "./action.ts";
import type { Condition } from "./condition.ts";
import { becameTrue } from "./holds.ts";
import type { Observation } from "./observation.ts";
import type { Scenario, ScriptLine } from "./scenario.ts";
import type { Bindings } from "./world.ts";

/** How far people's scripts are. Plain data. */
export type ScriptsKept = {
  /** Line → the log's sequence number of what it answered last. */
  answered: Record<string, number>;
  /** Lines that are being done. */
  underWay: string[];
  /** No line begins for now. */
  held?: boolean;
};

export const noScripts: ScriptsKept = { answered: {}, underWay: [] };

export type ScriptPorts = {
  act(action: Action): Promise<ActionResult>;
  /** Resolves after so much world time; to false if the world was stopped meanwhile. */
  wait(delay: number): Promise<boolean>;
  changed(kept: ScriptsKept): void;
};

/** After a failure of the network people try again, milliseconds of world time apart. */
const patience = 5000;
const tries = 20;

/** Plays the people in the scene: each line when its condition comes true. */
export class ScriptRunner {
  #lines: Map<string, ScriptLine>;
  #kept: ScriptsKept;
  #ports: ScriptPorts;
  #stopped = false;

  constructor(scenario: Scenario, kept: ScriptsKept, ports: ScriptPorts) {
    this.#lines = new Map(
      scenario.people.flatMap(({ id, script }) =>
        script.map((line, index): [string, ScriptLine] => [`${id} ${index}`, line]),
      ),
    );
    this.#kept = structuredClone(kept);
    this.#ports = ports;
    for (const key of this.#kept.underWay) void this.#do(key);
  }

  get kept(): ScriptsKept {
    return this.#kept;
  }

  /** Looks whether anything came true that somebody waits for. */
  look(observation: Observation, bindings: Bindings): void {
    if (this.#stopped || this.#kept.held) return;
    for (const [key, { when, once }] of this.#lines) {
      const answered = this.#kept.answered[key];
      if (once && answered !== undefined) continue;
      const now = newest(when, observation, bindings, answered ?? -1);
      if (now === undefined) continue;
      this.#keep({
        ...this.#kept,
        answered: { ...this.#kept.answered, [key]: now },
        underWay: [...this.#kept.underWay, key],
      });
      void this.#do(key);
    }
  }

  /** From now on no line begins, or what came true meanwhile is answered at the next look. */
  hold(held: boolean): void {
    if (held !== (this.#kept.held ?? false)) this.#keep({ ...this.#kept, held });
  }

  stop(): void {
    this.#stopped = true;
  }

  #keep(kept: ScriptsKept): void {
    this.#kept = kept;
    this.#ports.changed(kept);
  }

  async #do(key: string): Promise<void> {
    const line = this.#lines.get(key);
    if (line && (await this.#play(line))) {
      const underWay = [...this.#kept.underWay];
      underWay.splice(underWay.indexOf(key), 1);
      this.#keep({ ...this.#kept, underWay });
    }
  }

  /** False if the world was stopped before it was done. */
  async #play({ after, typing, do: action }: ScriptLine): Promise<boolean> {
    if (!(await this.#wait(after))) return false;
    if (typing > 0) {
      await this.#type(action, true);
      if (!(await this.#wait(typing))) return false;
      void this.#type(action, false);
    }
    for (let tried = 0; tried < tries; tried++) {
      const result = await this.#ports.act(action);
      if (this.#stopped) return false;
      if (result.ok || !result.refusal.code.startsWith("network/")) return true;
      if (!(await this.#wait(patience))) return false;
    }
    return true;
  }

  async #wait(delay: number): Promise<boolean> {
    return !this.#stopped && (delay === 0 || (await this.#ports.wait(delay))) && !this.#stopped;
  }

  async #type(action: Action, typing: boolean): Promise<void> {
    if (action.type !== "send") return;
    const { person, device, in: room } = action;
    await this.#ports.act({
      type: "setTyping",
      person,
      in: room,
      typing,
      ...(device !== undefined && { device }),
    });
  }
}

/** Where it came true last, if that is beyond `after`. Several at once are answered once. */
function newest(
  when: Condition,
  observation: Observation,
  bindings: Bindings,
  after: number,
): number | undefined {
  const since = { step: 0, goals: {} };
  let last: number | undefined;
  for (let at = after; ; ) {
    const found = becameTrue(when, observation, bindings, since, at);
    if (found === undefined || found <= at) return last;
    last = at = found;
  }
}
