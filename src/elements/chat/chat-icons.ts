import { html, type TemplateResult } from "lit";
import type { DeviceKind } from "../../world/action.ts";

/** Path data in a square of 24, to be stroked. */
const paths = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  mute: "M6 16h12l-1.5-2.5V10a4.5 4.5 0 0 0-9 0v3.5zM10.5 19h3M4 4l16 16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  write: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  compass: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M15.5 8.5l-2 5-5 2 2-5z",
  search: "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l4.5 4.5",
  unfold: "M9 6l6 6-6 6",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6",
  thread: "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5",
  attach: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8L9.5 17a1.7 1.7 0 0 1-2.4-2.4L15 7",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 10h.01M15 10h.01M8.5 14.5a4.5 4.5 0 0 0 7 0",
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
