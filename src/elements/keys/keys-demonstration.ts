import type { Action } from "../../world/action.ts";
import type { Hand } from "../hand.ts";
import type { HomeroomKeys } from "./homeroom-keys.ts";

/** Plays what a device does from the keys view, with the view's own controls. False where there is no control for it. */
export async function demonstrateKeys(keys: HomeroomKeys, action: Action, hand: Hand): Promise<boolean> {
  if (action.type !== "newMessageKey" && action.type !== "claimKeys") return false;
  if (keys.readonly || !keys.checkVisibility()) return false;
  try {
    if (!(await lookThrough(keys, action, hand))) return false;
    const control = action.type === "newMessageKey" ? find(keys, "[data-renew]") : takeOf(keys, action);
    if (control) await hand.click(control);
    return control !== undefined;
  } catch (error) {
    if (hand.signal.aborted) return true;
    throw error;
  }
}

/** The device whose eyes these are also acts. */
async function lookThrough(
  keys: HomeroomKeys,
  { person, device }: { person: string; device?: string },
  hand: Hand,
): Promise<boolean> {
  const eyes = keys.renderRoot.querySelector<HTMLSelectElement>(".eyes select");
  const isMeant = (host: string) =>
    device === undefined ? host.startsWith(`${person}/`) : host === `${person}/${device}`;
  if (!eyes) return false;
  if (isMeant(eyes.value)) return true;
  const option = [...eyes.options].find(({ value }) => isMeant(value));
  if (!option) return false;
  // Its list is the browser's own and cannot be pointed at.
  await hand.click(eyes);
  eyes.value = option.value;
  eyes.dispatchEvent(new Event("change", { bubbles: true }));
  await keys.updateComplete;
  return true;
}

function takeOf(keys: HomeroomKeys, action: Extract<Action, { type: "claimKeys" }>): HTMLElement | undefined {
  const { user, target, count } = action;
  if (count !== undefined && count !== 1) return undefined;
  const id = keys.state.devices.get(`${user}/${target}`)?.id ?? target;
  const row = find(keys, `tr[data-device="${CSS.escape(id)}"]`);
  const how = count === 1 ? "one" : "all";
  return row?.querySelector<HTMLElement>(`[data-take="${how}"]:enabled:not([aria-disabled])`) ?? undefined;
}

function find(keys: HomeroomKeys, selector: string): HTMLElement | undefined {
  return keys.renderRoot.querySelector<HTMLElement>(selector) ?? undefined;
}
