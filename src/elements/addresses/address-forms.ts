import { html, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { formatMatrixTo, formatMatrixUri, type MatrixLink } from "../../protocol/matrix-links.ts";
import type { ServerLooks } from "../server-look.ts";

type Form = "identifier" | "matrix.to" | "matrix-uri";

/** The same address in its three forms, each to be copied. */
export function equalForms(
  link: MatrixLink,
  copied: string | undefined,
  looks: ServerLooks | undefined,
  copy: (text: string) => void,
): TemplateResult {
  const { target, via, action } = link;
  const options = { via, ...(link.event && { event: link.event.text }) };
  const forms: [Form, string][] = [
    ["identifier", target.text],
    ["matrix.to", formatMatrixTo(target, options)],
    ["matrix-uri", formatMatrixUri(target, { ...options, ...(action && { action }) })],
  ];
  const own = link.form === "legacy-matrix.to" ? undefined : link.form;
  return html`<details class="equal" open>
    <summary>${say("address.equal")}</summary>
    <ul role="list">
      ${forms
        .filter(([form]) => form !== own)
        .map(
          ([form, text]) => html`<li>
            <span class="form">${say(`address.form-${form}`)}</span>
            ${
              form === "identifier"
                ? html`<homeroom-address .text=${text} .looks=${looks}></homeroom-address>`
                : html`<code dir="ltr">${text}</code>`
            }
            <button aria-label=${`${say("address.copy")}: ${say(`address.form-${form}`)}`} @click=${() => copy(text)}>
              ${say(copied === text ? "address.copied" : "address.copy")}
            </button>
          </li>`,
        )}
    </ul>
  </details>`;
}
