import { outOfReach } from "../../client/reach.ts";
import { networkRefusal } from "../../client/request-refusal.ts";
import type { ActionResult } from "../action.ts";
import type { Actor } from "./action-stage.ts";

/** How long an act may wait before the homeserver is looked for, milliseconds of the world's time. */
const patience = 15_000;

/**
 * Plays what is many requests, of which the SDK repeats some for ever: only where the homeserver is there, and as long as
 * it is. If it goes in the middle the act is given up: its client starts anew, so that nothing of it goes on unseen.
 */
export async function withinReach(actor: Actor, play: () => Promise<ActionResult>): Promise<ActionResult> {
  const { stage, device, client } = actor;
  const gone = await outOfReach(client);
  if (gone) return { ok: false, refusal: networkRefusal(gone) };
  const ended = new AbortController();
  const playing = play().finally(() => ended.abort());
  for (;;) {
    const result = await Promise.race([playing, stage.wait(patience, ended.signal)]);
    if (result) return result;
    const reason = await outOfReach(client);
    if (!reason || ended.signal.aborted) continue;
    playing.catch(() => undefined);
    await stage.restart(device);
    return { ok: false, refusal: networkRefusal(reason) };
  }
}
