import type { Fold } from "../simulation/log.ts";
import type { ClientManner, DeviceKind } from "../world/action.ts";
import type { LateDevice } from "./stage-layout.ts";

/** Devices that came into the scene, and those that are gone from it. */
export type DevicesSeen = { late: readonly LateDevice[]; lost: ReadonlySet<string> };

export const devicesFold: Fold<DevicesSeen> = {
  initial: { late: [], lost: new Set() },
  step(state, entry) {
    if (entry.type !== "action") return state;
    const { type, device } = entry.action;
    if (typeof device !== "string") return state;
    if (type === "loseDevice")
      return { ...state, lost: new Set(state.lost).add(`${entry.person}/${device}`) };
    if (type !== "addDevice") return state;
    const kind = (entry.action.kind ?? "phone") as DeviceKind;
    const client = (entry.action.client ?? "bubbles") as ClientManner;
    return {
      ...state,
      late: [...state.late, { person: entry.person, device: { name: device, kind, client } }],
    };
  },
};
