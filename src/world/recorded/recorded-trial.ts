import { playTrial, type TrialResult } from "../../simulation/trial/trial.ts";
import { browserSigner } from "../browser-signer.ts";
import { browserTicker } from "../browser-ticker.ts";
import { practicePasswords } from "../practice-passwords.ts";
import type { Scenario, Symbol as ServerSymbol } from "../scenario.ts";
import { RecordedSessions } from "./recorded-sessions.ts";
import { type Recorded, RecordedWorld } from "./recorded-world.ts";

/** A trial that was played, to be watched, and what came of it. */
export type RecordedTrial = { world: RecordedWorld; result: TrialResult };

const symbols: ServerSymbol[] = ["leaf", "anchor", "tower", "mountain", "sun", "wave", "star"];

/** Plays the trial of a seed at once, and gives it as a world to be watched. */
export async function recordTrial(seed: string): Promise<RecordedTrial> {
  const recorded: Recorded[] = [];
  const sessions = new RecordedSessions();
  const result = await playTrial(seed, {
    turns: browserTicker(),
    signer: await browserSigner(),
    passwords: practicePasswords,
    happened: (happening, at) => {
      recorded.push({ happening, at });
      const told = sessions.after(happening);
      if (told) recorded.push({ happening: told, at });
    },
  });
  return { world: new RecordedWorld(scenarioOf(result), recorded), result };
}

function scenarioOf({ scene: { seed, servers, people } }: TrialResult): Scenario {
  return {
    servers: servers.map((name, index) => ({ name, symbol: symbols[index]! })),
    people: people.map(({ name, home, device }) => ({
      id: name,
      name: name[0]!.toUpperCase() + name.slice(1),
      at: home,
      account: name,
      devices: [{ name: device.split("/")[1]!, kind: "phone", client: "bubbles" }],
      script: [],
    })),
    prepare: [],
    seed,
    latency: { device: 10, server: 60 },
  };
}
