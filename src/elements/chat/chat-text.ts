import { html, type TemplateResult } from "lit";
import type { ServerLooks } from "../server-look.ts";
import "../addresses/homeroom-address.ts";

const address = String.raw`[@#!][A-Za-z0-9._=/+-]{1,200}:[A-Za-z0-9][A-Za-z0-9.-]{0,200}(?::\d{1,5})?`;
const link = String.raw`https?://[^\s<>"']{1,1500}`;
const found = new RegExp(`${link}|(?<![\\w/])${address}`, "g");

/** Somebody's plain words: web links can be followed, addresses wear their server's colour. */
export function plainText(text: string, looks: ServerLooks | undefined): TemplateResult {
  const parts: unknown[] = [];
  let from = 0;
  for (const match of text.matchAll(found)) {
    const whole = match[0].replace(/[.,;:!?)\]}'"]+$/, "");
    parts.push(text.slice(from, match.index));
    parts.push(whole.startsWith("http") ? webLink(whole) : chip(whole, looks));
    from = match.index + whole.length;
  }
  parts.push(text.slice(from));
  return html`${parts}`;
}

function webLink(text: string): unknown {
  return URL.canParse(text)
    ? html`<a href=${text} target="_blank" rel="noopener noreferrer">${text}</a>`
    : text;
}

function chip(text: string, looks: ServerLooks | undefined): TemplateResult {
  return html`<homeroom-address .text=${text} .looks=${looks}></homeroom-address>`;
}
