import type { Checkpoint, World } from "../../world/world.ts";

/** Where a tutorial's world comes from and is kept. */
export interface WorldSource {
  /** A fresh world; what was kept of one before is dropped. */
  fresh(): Promise<World>;
  /**
   * The world as it was left; undefined where there is none.
   * @throws where there is one that cannot be read
   */
  kept(): Promise<World | undefined>;
  /** A checkpoint that the world has taken, if it is still there. */
  checkpoint(name: string): Promise<Checkpoint | undefined>;
  /** Everything that is kept of it, to be downloaded before it is dropped. */
  copy(): Promise<Blob>;
  /** Does what happens here outlive the page? */
  readonly lasting: boolean;
}
