import type { Action } from "../../world/action.ts";
import type { Hand } from "../hand.ts";
import { linkKey } from "./network-state.ts";

/**
 * Plays an action with the map's own controls.
 * @param map the root of what the map has drawn
 * @returns whether there was a control for it
 */
export async function demonstrateOnMap(map: ParentNode, action: Action, hand: Hand): Promise<boolean> {
  const buttons = [...map.querySelectorAll<HTMLButtonElement>("button")];
  if (action.type === "look") {
    const host = "host" in action.at ? action.at.host : undefined;
    const target = host === undefined ? undefined : buttons.find((button) => button.dataset.host === host);
    if (target) await hand.click(target);
    return target !== undefined;
  }
  const opener =
    action.type === "cutLink" || action.type === "mendLink"
      ? buttons.find((button) => button.dataset.link === linkKey(...action.between))
      : isHostAct(action)
        ? buttons.find((button) => button.dataset.switch === action.host)
        : undefined;
  if (!opener) return false;
  await hand.click(opener);
  const tools = map.querySelector("homeroom-network-tools")!;
  await tools.updateComplete;
  const control = tools.renderRoot.querySelector<HTMLButtonElement>(`[data-act="${action.type}"]`);
  if (control) await hand.click(control);
  else tools.close();
  return control !== null;
}

type HostAct = Extract<Action, { type: "stopHost" | "startHost" | "crashHost" | "changeKey" }>;

function isHostAct(action: Action): action is HostAct {
  return ["stopHost", "startHost", "crashHost", "changeKey"].includes(action.type);
}
