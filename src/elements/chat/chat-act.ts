import type { Action, ActionResult } from "../../world/action.ts";
import { ActEvent } from "../act-event.ts";

/** Who acts, on which device. */
export type By = { person: string; device: string };

type ByAnyone<Each> = Each extends { person: string; device?: string }
  ? Omit<Each, "person" | "device">
  : never;
/** What a person can do, without saying who. */
export type Doing = ByAnyone<Action>;

/** Fires the action of whoever has this device, and answers what became of it. */
export function act(element: HTMLElement, by: By, doing: Doing): Promise<ActionResult> {
  const event = new ActEvent({ ...doing, ...by } as Action);
  element.dispatchEvent(event);
  return event.result ?? Promise.resolve({ ok: true });
}
