import type { Signer } from "../homeserver/ports.ts";
import type { Activity } from "./activity.ts";

/**
 * Gives a signer's results in the order asked, though the machine may have them in another; world time stands
 * still meanwhile.
 */
export function orderedSigner(signer: Signer, activity: Activity): Signer {
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <Result>(work: () => Promise<Result>): Promise<Result> =>
    activity.track(() => {
      const before = last;
      const result = work();
      result.catch(() => undefined);
      const turn = before.then(() => result);
      last = turn.catch(() => undefined);
      return turn;
    });
  return {
    publicKey: (seed) => inOrder(() => signer.publicKey(seed)),
    sign: (seed, message) => inOrder(() => signer.sign(seed, message)),
    verify: (publicKey, message, signature) => inOrder(() => signer.verify(publicKey, message, signature)),
  };
}
