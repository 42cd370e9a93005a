import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { say } from "../../catalogue/page-words.ts";
import type { SiteView } from "../site-view.ts";

export type AboutActs = {
  exportProgress: () => void;
  importProgress: (file: File) => void;
  deleteEverything: () => void;
};

/** What is real, what is kept and where, and how to be rid of it. */
export function aboutPage(view: SiteView, acts: AboutActs): TemplateResult {
  return html`
    <main id="content" class="text-page" tabindex="-1">
      <h1 tabindex="-1">${say("about.title")}</h1>
      <h2>${say("about.real")}</h2>
      <p>${say("about.real-text")}</p>
      <h2>${say("about.not-real")}</h2>
      <p>${say("about.not-real-text")}</p>
      <ul>
        <li>${say("about.not-cors")}</li>
        <li>${say("about.not-tls")}</li>
        <li>${say("about.not-cost")}</li>
      </ul>
      <h2>${say("about.stored")}</h2>
      <p>${say("about.stored-text")}</p>
      ${view.storageLasts ? nothing : html`<p class="note">${say("about.stored-nothing")}</p>`}
      <h2>${say("about.browsers")}</h2>
      <p>${say("about.browsers-text")}</p>
      <p class="quiet">${say("about.source")}</p>
      ${view.alive ? own(view, acts) : nothing}
    </main>
  `;
}

/** The learner's own: what is kept, taken along, or deleted. Only a living page can do it. */
function own(view: SiteView, acts: AboutActs): TemplateResult {
  const chosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    if (file) acts.importProgress(file);
    input.value = "";
  };
  const dialog = createRef<HTMLDialogElement>();
  const ask = (): void => dialog.value?.showModal();
  const answered = (): void => {
    if (dialog.value?.returnValue === "yes") acts.deleteEverything();
  };
  return html`
    <h2>${say("about.yours")}</h2>
    <p class="note" role="status">${view.notice ?? nothing}</p>
    <h3>${say("about.progress")}</h3>
    <p>${say("about.progress-text")}</p>
    <p class="buttons">
      <button class="button" type="button" @click=${acts.exportProgress}>${say("about.export")}</button>
      <label class="button">
        <input class="unseen" type="file" accept=".json,application/json" @change=${chosen} />
        ${say("about.import")}
      </label>
    </p>
    <h3>${say("about.delete")}</h3>
    <p>${say("about.delete-text")}</p>
    <p>
      <button class="button danger" type="button" @click=${ask}>${say("about.delete")}</button>
    </p>
    <dialog ${ref(dialog)} aria-labelledby="delete-ask" aria-describedby="delete-ask-text" @close=${answered}>
      <h2 id="delete-ask">${say("about.delete-ask")}</h2>
      <p id="delete-ask-text">${say("about.delete-ask-text")}</p>
      <div class="buttons">
        <button class="button" type="button" autofocus @click=${() => dialog.value?.close("no")}>${say("app.cancel")}</button>
        <button class="button danger" type="button" @click=${() => dialog.value?.close("yes")}>${say("about.delete-yes")}</button>
      </div>
    </dialog>
  `;
}
