import { html, type TemplateResult } from "lit";
import { encode } from "uqr";
import { say } from "../../catalogue/encryption-words.ts";

/** A code of a verification as a drawing: always dark on light, because what reads codes wants it so. */
export function shownCode(base64: string): TemplateResult {
  const bytes = Array.from(atob(base64), (char) => char.charCodeAt(0));
  const { data, size } = encode(bytes, { border: 4, ecc: "L" });
  const squares = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return html`<svg class="code" role="img" aria-label=${say("keys.code-name")} viewBox=${`0 0 ${size} ${size}`}>
    <rect width=${size} height=${size} fill="#fff"></rect>
    <path d=${squares} fill="#000"></path>
  </svg>`;
}
