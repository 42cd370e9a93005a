import type { CryptoProgress } from "../../client/crypto/load-crypto.ts";
import type { Checkpoint, World } from "../../world/world.ts";

/** A world that keeps its checkpoints by their names. */
export type TutorialWorld = World & { kept(name: string): Promise<Checkpoint | undefined> };

export type WorldHeard = {
  /** Called when the browser does not keep the world after all. */
  storageLost: () => void;
  /** Called while the crypto comes, where the tutorial encrypts. */
  cryptoProgress: (progress: CryptoProgress) => void;
};

/** Where a tutorial's worlds come from. */
export interface WorldSource {
  /** A world is soon wanted: what it needs can be fetched. */
  warmUp(): void;
  /**
   * A fresh world.
   * @param options.lasting it is kept in the browser, and what was kept of one before is dropped
   */
  fresh(options: { lasting: boolean } & WorldHeard): Promise<TutorialWorld>;
  /**
   * The world as it was left; undefined where there is none.
   * @throws where there is one that cannot be read
   */
  kept(options: WorldHeard): Promise<TutorialWorld | undefined>;
  /** Everything that is kept of it, to be downloaded before it is dropped. */
  copy(): Promise<Blob | undefined>;
}
