import { html, type TemplateResult } from "lit";
import type { Flight } from "./network-state.ts";

const outlines: Readonly<Record<Flight["errand"], TemplateResult>> = {
  letter: html`<svg class="envelope" viewBox="0 0 42 30" aria-hidden="true" focusable="false"><rect x="1.5" y="1.5" width="39" height="27" rx="4.5"></rect><path d="M4 5.5 21 18.5 38 5.5"></path></svg>`,
  lookup: html`<svg class="envelope" viewBox="0 0 42 30" aria-hidden="true" focusable="false"><path d="M12 28.5V1.5M12 4h19l5.5 5.5L31 15H12z"></path></svg>`,
  key: html`<svg class="envelope" viewBox="0 0 42 30" aria-hidden="true" focusable="false"><path d="M18 15a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM18 15h21M39 15v6M32 15v5"></path></svg>`,
};

/** The shape of a packet: a letter, a signpost where a server is looked up, a key where its key is asked for. */
export function packetMark(errand: Flight["errand"] = "letter"): TemplateResult {
  return outlines[errand];
}
