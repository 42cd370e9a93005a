import process from "node:process";

/** What one round of work cost, microseconds. */
export type Cost = { wall: number; cpu: number };

/** Runs `work` so many times, one after the other, and gives the mean cost of one. */
export async function costOf(times: number, work: (index: number) => unknown): Promise<Cost> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  for (let index = 0; index < times; index++) await work(index);
  const wall = performance.now() - before;
  const cpu = process.cpuUsage(cpuBefore);
  return { wall: (wall * 1000) / times, cpu: (cpu.user + cpu.system) / times };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
