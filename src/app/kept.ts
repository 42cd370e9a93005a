/** Small texts that outlive the page, by key. */
export interface Kept {
  /** Does what is written outlive the page? False where the browser blocks storage, or it is full. */
  readonly lasting: boolean;
  get(key: string): string | undefined;
  set(key: string, text: string): void;
  delete(key: string): void;
  keys(): string[];
}

/** localStorage; memory where the browser gives none. All keys begin with `homeroom.`. */
class BrowserKept implements Kept {
  #storage = openStorage();
  #memory = new Map<string, string>();

  get lasting(): boolean {
    return this.#storage !== undefined;
  }

  get(key: string): string | undefined {
    return this.#memory.get(key) ?? this.#storage?.getItem(key) ?? undefined;
  }

  set(key: string, text: string): void {
    try {
      if (!this.#storage) throw new Error("No storage");
      this.#storage.setItem(key, text);
      this.#memory.delete(key);
    } catch {
      // Full or blocked: it lasts as long as the page.
      this.#memory.set(key, text);
    }
  }

  delete(key: string): void {
    this.#memory.delete(key);
    this.#storage?.removeItem(key);
  }

  keys(): string[] {
    const stored = this.#storage ? Object.keys(this.#storage) : [];
    return [...new Set([...stored, ...this.#memory.keys()])].filter((key) => key.startsWith("homeroom."));
  }
}

/** Touching it throws in a frame without an origin. */
function openStorage(): Storage | undefined {
  try {
    const storage = globalThis.localStorage;
    storage.setItem("homeroom.probe", "1");
    storage.removeItem("homeroom.probe");
    return storage;
  } catch {
    return undefined;
  }
}

export const kept: Kept = new BrowserKept();
