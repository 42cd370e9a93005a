import { html, nothing, type TemplateResult } from "lit";
import { say } from "../catalogue/catalogue.ts";
import { download } from "./download.ts";
import type { TutorialSession } from "./session/tutorial-session.ts";

export type NoteActs = { continueHere: () => void; dismiss: () => void };

/** Why the page is not quite as one may expect, each with what can be done about it. */
export function sessionNotes(
  session: TutorialSession,
  dismissed: Set<string>,
  acts: NoteActs,
): TemplateResult | typeof nothing {
  const notes = [...session.notes].filter((note) => !dismissed.has(note));
  if (notes.length === 0) return nothing;
  return html`<div class="session-notes" role="status">
    ${notes.map((note) => {
      const asks = note === "copy" || note === "given-away";
      const { damagedCopy } = session;
      const offers = (note === "damaged" || note === "older-version") && damagedCopy;
      return html`<div class="session-note">
        <p>${say(`note.${note}`)}</p>
        ${asks ? html`<button class="button" type="button" @click=${acts.continueHere}>${say("note.continue-here")}</button>` : nothing}
        ${
          offers
            ? html`<button class="button" type="button" @click=${() => download(`homeroom-${session.tutorial.id}.json`, damagedCopy)}>
                ${say("note.download")}
              </button>`
            : nothing
        }
        ${
          note === "given-away"
            ? nothing
            : html`<button
                class="button"
                type="button"
                @click=${() => {
                  dismissed.add(note);
                  acts.dismiss();
                }}
              >
                ${say("app.close")}
              </button>`
        }
      </div>`;
    })}
  </div>`;
}
