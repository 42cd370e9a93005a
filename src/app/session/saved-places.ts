import {
  emptyProgress,
  importProgress,
  isProgressFault,
  type Progress,
  withFinish,
  withMark,
  withStep,
} from "../../tutorial/progress.ts";
import type { Tutorial } from "../../tutorial/tutorial.ts";
import type { Kept } from "../kept.ts";

const progressKey = "homeroom.progress";
const placeKey = (tutorial: string): string => `homeroom.place.${tutorial}`;

type Which = Pick<Tutorial, "id" | "version">;

/** What the browser keeps of a learner's way: what was done, and where each tutorial stands. */
export class SavedPlaces {
  readonly #kept: Kept;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  get lasting(): boolean {
    return this.#kept.lasting;
  }

  /** Read anew each time: another tab may have gone on. */
  get progress(): Progress {
    const read = importProgress(this.#kept.get(progressKey) ?? "");
    return isProgressFault(read) ? emptyProgress : read;
  }

  set progress(progress: Progress) {
    this.#kept.set(progressKey, JSON.stringify(progress));
  }

  begun(tutorial: Which, step: string): void {
    this.progress = withStep(this.progress, tutorial, step, Date.now());
  }

  marked(tutorial: Which, step: string, as: "done" | "skipped"): void {
    this.progress = withMark(this.progress, tutorial, step, as, Date.now());
  }

  finished(tutorial: Which): void {
    this.progress = withFinish(this.progress, tutorial, Date.now());
  }

  /** The step machine's snapshot as plain data; text that is no JSON comes as it is, to be found damaged. */
  snapshot(tutorial: string): unknown {
    const text = this.#kept.get(placeKey(tutorial));
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  keepSnapshot(tutorial: string, snapshot: unknown): void {
    this.#kept.set(placeKey(tutorial), JSON.stringify(snapshot));
  }

  /** Forgets everything, the choice of a theme too. */
  deleteAll(): void {
    for (const key of this.#kept.keys()) this.#kept.delete(key);
  }
}
