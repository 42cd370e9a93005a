/** What a tab may do with a tutorial's saved world: only one tab at a time holds it. */
export type Hold = {
  /** Gives it to whoever waits for it. */
  release(): void;
};

/**
 * Takes the hold on a tutorial's world. Undefined where another tab has it. Where the browser has no locks for
 * this page, nothing is kept either, so there is nothing to hold.
 * @param wanted called when another tab asks for it
 */
export async function takeHold(tutorial: string, wanted: () => void): Promise<Hold | undefined> {
  return request(tutorial, { ifAvailable: true }, wanted);
}

/** Asks the tab that holds it to let go, and waits; after `patience` milliseconds it is taken. */
export async function askForHold(tutorial: string, wanted: () => void, patience = 4000): Promise<Hold> {
  channelOf(tutorial)?.postMessage("let-go");
  const late = AbortSignal.timeout(patience);
  const given = await request(tutorial, { signal: late }, wanted).catch(() => undefined);
  return given ?? (await request(tutorial, { steal: true }, wanted))!;
}

function request(tutorial: string, options: LockOptions, wanted: () => void): Promise<Hold | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Hold | undefined>();
  const lock = async (granted: Lock | null): Promise<void> => {
    if (!granted) return resolve(undefined);
    const done = Promise.withResolvers<void>();
    const channel = channelOf(tutorial);
    channel?.addEventListener("message", wanted);
    resolve({
      release: () => {
        channel?.close();
        done.resolve();
      },
    });
    await done.promise;
  };
  try {
    // Rejects when another tab has taken it by force: that is the end of this hold.
    navigator.locks.request(`homeroom.${tutorial}`, options, lock).catch((error: unknown) => {
      reject(error);
      wanted();
    });
  } catch {
    resolve({ release: () => {} });
  }
  return promise;
}

function channelOf(tutorial: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(`homeroom.${tutorial}`);
  } catch {
    return undefined;
  }
}
