import { html, nothing, svg, type TemplateResult } from "lit";
import { say, type WordsKey } from "../../catalogue/catalogue.ts";
import type { MatrixLink } from "../../protocol/matrix-links.ts";
import { sayRich } from "../chat/chat-words.ts";
import { lookOf, type ServerLooks } from "../server-look.ts";
import type { AddressPart } from "./address-parts.ts";

/** The pieces of an address beside each other, each with its name and what it means under it. */
export function partsList(
  parts: readonly AddressPart[],
  link: MatrixLink,
  looks: ServerLooks | undefined,
): TemplateResult {
  return html`<ul class="parts" role="list" aria-label=${say("address.parts")} dir="ltr">
    ${parts.map((part) => {
      const look = part.kind === "server" ? lookOf(looks, link.target.text) : undefined;
      const via = part.kind === "via" ? looks?.get(decoded(part.text.slice(4))) : undefined;
      return html`<li class=${`part ${part.kind} ${(look ?? via)?.className ?? ""}`}>
        <span class="piece">${part.text}</span>
        ${
          part.kind === "separator"
            ? nothing
            : html`<span class="names"
                ><b>${say(`address.part-${part.kind}`)}</b><span class="unseen">: </span
                ><span>${say(meaning(part.kind, link))}</span></span
              >`
        }
      </li>`;
    })}
  </ul>`;
}

function meaning(kind: Exclude<AddressPart["kind"], "separator">, { target }: MatrixLink): WordsKey {
  return kind === "sigil" || kind === "type" ? `address.means-${target.kind}` : `address.means-${kind}`;
}

/** The house that an address leads to, or that it names none. */
export function homeOf({ target, via }: MatrixLink, looks: ServerLooks | undefined): TemplateResult {
  const { server } = target;
  const look = server === undefined ? undefined : lookOf(looks, server);
  const servers = via.map(
    (each) => html` <homeroom-address .text=${each} .looks=${looks}></homeroom-address>`,
  );
  return html`<div class=${`home ${look?.className ?? ""}`}>
    <svg class="house" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path class="walls" d="M6 20 24 5l18 15v22H6Z"></path>
      ${look ? svg`<path class="symbol" transform="translate(14 19) scale(.83)" d=${look.path}></path>` : nothing}
      ${server === undefined ? svg`<path class="none" d="M18 27l12 12M30 27 18 39"></path>` : nothing}
    </svg>
    <p>
      ${
        server === undefined
          ? say("address.no-home")
          : sayRich("address.home", {
              server: html`<homeroom-address .text=${server} .looks=${looks}></homeroom-address>`,
            })
      }
      ${via.length > 0 ? sayRich("address.via", { servers }) : nothing}
    </p>
  </div>`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
