import type { HostName } from "../log.ts";
import type { Simulation } from "../simulation.ts";
import { Dice } from "./dice.ts";
import type { TrialScene } from "./trial-scene.ts";

type Wait = (delay: number) => Promise<unknown>;

/** How likely each kind of fault is. */
const weights = { cut: 5, slow: 3, lossy: 3, shaky: 3, doubled: 2, stop: 2, crash: 3, part: 2, skew: 1 };

/** Breaks links and servers by chance, and mends some of it, until the trial's time is over. */
export async function breakThings(scene: TrialScene, simulation: Simulation, wait: Wait): Promise<void> {
  const dice = new Dice(`${scene.seed} faults`);
  const { servers, duration } = scene;
  const mending: Promise<unknown>[] = [];
  for (let at = 0; at < duration; ) {
    const pause = dice.between(500, 12_000);
    at += pause;
    await wait(pause);
    const one = dice.pick(servers)!;
    const other = dice.pick(servers.filter((name) => name !== one))!;
    const lasts = dice.between(500, 25_000);
    switch (dice.weighted(weights)) {
      case "cut":
        simulation.setLink(one, other, { cut: true });
        mending.push(wait(lasts).then(() => simulation.setLink(one, other, { cut: false })));
        break;
      case "slow":
        simulation.setLink(one, other, { latency: dice.between(1, 4000) });
        break;
      case "lossy":
        simulation.setLink(one, other, { loss: dice.pick([0, 0.1, 0.5])! });
        break;
      case "shaky":
        simulation.setLink(one, other, { jitter: dice.between(0, 3000) });
        break;
      case "doubled":
        simulation.setLink(one, other, { duplication: dice.pick([0, 0.2, 0.6])! });
        break;
      case "skew":
        simulation.skewClock(one, dice.between(-300_000, 300_000));
        break;
      case "crash":
        await simulation.crashHost(one);
        mending.push(wait(lasts).then(() => simulation.startHost(one)));
        break;
      case "part":
        for (const link of parting(servers, dice)) {
          simulation.setLink(...link, { cut: true });
          mending.push(wait(lasts).then(() => simulation.setLink(...link, { cut: false })));
        }
        break;
      case "stop":
        await simulation.stopHost(one);
        mending.push(wait(lasts).then(() => simulation.startHost(one)));
    }
  }
  await Promise.all(mending);
}

/** The links between two halves. */
function parting(servers: readonly HostName[], dice: Dice): [HostName, HostName][] {
  const [here, there]: [HostName[], HostName[]] = [[], []];
  for (const server of servers) (dice.happens(0.5) ? here : there).push(server);
  return here.flatMap((one) => there.map((other): [HostName, HostName] => [one, other]));
}

/** All links carry, without loss, fast and in order; all servers run. Clocks stay as wrong as they are. */
export async function mendAll({ servers }: TrialScene, simulation: Simulation): Promise<void> {
  for (const server of servers) await simulation.startHost(server);
  for (const [index, one] of servers.entries()) {
    for (const other of servers.slice(index + 1))
      simulation.setLink(one, other, {
        cut: false,
        loss: 0,
        latency: 60,
        jitter: 0,
        duplication: 0,
      });
  }
}
