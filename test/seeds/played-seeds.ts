import { parentPort, workerData } from "node:worker_threads";
import { playTrial } from "../../src/simulation/trial/trial.ts";
import { trialPorts } from "./trial-ports.ts";

// A worker: plays the seeds that it is given, and tells of each.
const { seeds } = workerData as { seeds: string[] };
for (const seed of seeds) {
  const { faults, scene, acknowledged, requests } = await playTrial(seed, trialPorts());
  parentPort!.postMessage({ seed, faults, servers: scene.servers.length, acknowledged, requests });
}
