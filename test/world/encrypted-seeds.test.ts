import { expect } from "chai";
import { playEncryptedTrial } from "./encrypted-trial.ts";
import { closeWorlds } from "./open-worlds.ts";

// One seed alone: VITE_SEED=17 npm run test:browser -- test/world/encrypted-seeds
const one: string | undefined = import.meta.env.VITE_SEED;
const count = Number(import.meta.env.VITE_SEEDS ?? 50);
const seeds = one === undefined ? Array.from({ length: count }, (_, index) => `${index + 1}`) : [one];

describe("Encrypted rooms by chance", () => {
  let read = 0;
  afterEach(closeWorlds);

  for (const seed of seeds) {
    it(`open for those who were known in the room, and for nobody outside: seed ${seed}`, async () => {
      const { faults, readers } = await playEncryptedTrial(seed);
      const again = `VITE_SEED=${seed} npm run test:browser -- test/world/encrypted-seeds`;
      expect(faults, again).to.deep.equal([]);
      read += readers;
    });
  }

  it("give their devices much to read", () => {
    expect(read).to.be.above(seeds.length);
  });
});
