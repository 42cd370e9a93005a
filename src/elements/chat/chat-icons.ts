import { html, type TemplateResult } from "lit";
import type { DeviceKind } from "../../world/action.ts";

/** Path data in a square of 24, to be stroked. */
const paths = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  write: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  compass: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M15.5 8.5l-2 5-5 2 2-5z",
  search: "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l4.5 4.5",
  unfold: "M9 6l6 6-6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  send: "M4 12L20 4l-5 16-3.5-6.5z",
  laptop: "M5 5h14v10H5zM2 19h20",
  phone: "M8 2.5h8v19H8zM11.5 18.5h1",
  tablet: "M5 3h14v18H5zM11.5 18h1",
} as const satisfies Record<string, string> & Record<DeviceKind, string>;

export type ChatIcon = keyof typeof paths;

/** A small drawing. Decoration: what it means stands in words beside it or in its control's name. */
export function icon(name: ChatIcon): TemplateResult {
  return html`<svg class="drawing" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${paths[name]}></path></svg>`;
}
