import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/encryption-words.ts";
import type { OneTimeKeys, OneTimeState } from "./one-time-fold.ts";

export type OneTimeTable = {
  state: OneTimeState;
  /** What a device is called: by its host, or by its user and its id. */
  name(device: { host: string } | { user: string; id: string }): string;
  /** Absent where nobody may take any. */
  take: ((keys: OneTimeKeys, count: number) => void) | undefined;
};

/** The keys that lie at servers for whoever begins with a device, and who asked for some. */
export function oneTimeTable({ state, name, take }: OneTimeTable): TemplateResult {
  const { keys, claimed } = state;
  if (keys.size === 0) return html`<p class="none">${say("keys-view.no-one-time")}</p>`;
  const row = (each: OneTimeKeys): TemplateResult => {
    const device = name({ user: each.user, id: each.device });
    // Where none is left the button that took the last ones stays, for whoever stands on it with the keyboard.
    const button = (what: "one" | "all", count: number): TemplateResult =>
      html`<button
        ?disabled=${!take}
        aria-disabled=${count === 0 ? "true" : nothing}
        aria-label=${say(`keys-view.take-${what}-of`, { device })}
        data-take=${what}
        @click=${() => count > 0 && take?.(each, count)}
      >${say(`keys-view.take-${what}`)}</button>`;
    return html`<tr data-device=${each.device}>
      <th scope="row">${device}</th>
      <td class=${each.left > 0 ? "" : "open"}>${each.left}</td>
      <td class=${each.isFallbackGiven ? "open" : ""}>${say(each.isFallbackGiven ? "keys-view.fallback-given" : "keys-view.fallback-unused")}</td>
      <td>${button("one", 1)} ${button("all", Math.min(each.left, 100))}</td>
    </tr>`;
  };
  return html`<p class="none">${say("keys-view.one-time-said")}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${say("keys-view.olm")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${say("keys-view.device")}</th>
            <th scope="col">${say("keys-view.left")}</th>
            <th scope="col">${say("keys-view.fallback")}</th>
            <th scope="col">${say("keys-view.take")}</th>
          </tr>
        </thead>
        <tbody>${[...keys.values()].map(row)}</tbody>
      </table>
    </div>
    ${
      claimed.length === 0
        ? ""
        : html`<ul class="claims">
            ${claimed.slice(-6).map(({ from, user, device, times }) => html`<li>${say("keys-view.claimed", { from: name({ host: from }), device: name({ user, id: device }), n: times })}</li>`)}
          </ul>`
    }`;
}
