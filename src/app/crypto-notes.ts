import { html, type TemplateResult } from "lit";
import { say } from "../catalogue/catalogue.ts";
import type { CryptoProgress } from "../client/crypto/load-crypto.ts";
import type { MissingForCrypto } from "../client/crypto/missing-for-crypto.ts";
import type { TutorialPlace } from "./tutorial-place.ts";

/** What the stage says until its world is there: with a bar, while the crypto comes over the wire. */
export function arriving(crypto: CryptoProgress | undefined): TemplateResult {
  if (!crypto) return html`<p class="arriving" role="status">${say("stage.arriving")}</p>`;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const words = say("stage.crypto-arriving", {
    loaded: megabytes(crypto.loaded),
    size: megabytes(crypto.size),
  });
  return html`<div class="arriving">
    <label
      >${words}
      <progress max=${crypto.size} .value=${crypto.loaded}></progress>
    </label>
  </div>`;
}

/** What stands in the tutorial's place where the page cannot encrypt, with the tutorials that play there. */
export function cryptoMissing(
  { others, href, prose }: TutorialPlace,
  missing: MissingForCrypto,
): TemplateResult {
  return html`<main id="content" class="text-page" tabindex="-1">
    <h1 tabindex="-1">${say("crypto.missing-title", { title: prose.title })}</h1>
    <p>${say(`crypto.missing-${missing}`)}</p>
    <h2>${say("crypto.missing-others")}</h2>
    <ul>
      ${others.map(({ id, title, summary }) => html`<li><a href=${href(id)}>${title}</a>: ${summary}</li>`)}
    </ul>
  </main>`;
}
