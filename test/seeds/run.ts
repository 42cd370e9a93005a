import { availableParallelism } from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";

// npm run seeds -- N [--from F]    plays the trials F, F+1, … and says how many held
// npm run seeds -- --seed S        plays one, and lists all that does not hold

const { values, positionals } = parseArgs({
  options: { from: { type: "string", default: "1" }, seed: { type: "string" } },
  allowPositionals: true,
});
const count = Number(positionals[0] ?? 100);
const first = Number(values.from);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  console.error("usage: npm run seeds -- N [--from F]\n       npm run seeds -- --seed S");
  process.exit(2);
}
const seeds =
  values.seed !== undefined ? [values.seed] : Array.from({ length: count }, (_, n) => `${first + n}`);
const began = performance.now();
const failed = await play(seeds, values.seed === undefined ? 3 : Number.POSITIVE_INFINITY);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`${seeds.length - failed} of ${seeds.length} seeds held, ${seconds} s`);
process.exit(failed > 0 ? 1 : 0);

type Played = { seed: string; faults: string[]; servers: number; acknowledged: number; requests: number };

/** Plays them on all processors. Answers how many did not hold. */
async function play(all: readonly string[], faultsShown: number): Promise<number> {
  let failures = 0;
  const tell = ({ seed, faults }: Played): void => {
    if (faults.length === 0) return;
    failures++;
    console.log(
      `seed ${seed} does not hold: npm run seeds -- --seed ${seed} (to watch it: seeds/?seed=${seed} on the site)`,
    );
    for (const fault of faults.slice(0, faultsShown)) console.log(`  ${fault}`);
  };
  const workers = Math.min(all.length, availableParallelism());
  const shares = Array.from({ length: workers }, (_, share) =>
    all.filter((_, index) => index % workers === share),
  );
  await Promise.all(
    shares.map(
      (share) =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL("./played-seeds.ts", import.meta.url), {
            workerData: { seeds: share },
          });
          worker.on("message", tell);
          worker.on("error", reject);
          worker.on("exit", (code) =>
            code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}`)),
          );
        }),
    ),
  );
  return failures;
}
