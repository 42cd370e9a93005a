import { html, type TemplateResult } from "lit";
import { lookOf, type ServerLooks } from "../server-look.ts";

/** A letter in the colour of the server where its owner lives. Decoration: the name stands beside it. */
export function avatar(
  name: string,
  address: string,
  looks: ServerLooks | undefined,
  size = "",
): TemplateResult {
  const look = lookOf(looks, address);
  return html`<span class="avatar ${look?.className ?? ""} ${size}" aria-hidden="true">${initial(name)}</span>`;
}

/** The first letter or digit of a name; of an address, the one after its sigil. */
function initial(name: string): string {
  const [first = "?"] = name.match(/[\p{L}\p{N}]\p{M}{0,2}|\p{Extended_Pictographic}/u) ?? [];
  return first.toLocaleUpperCase();
}
