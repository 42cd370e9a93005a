import { html, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import type { MatrixLink } from "../../protocol/matrix-links.ts";
import { named, sayRich } from "../chat/chat-words.ts";
import type { ServerLooks } from "../server-look.ts";
import type { Followed } from "./address-fold.ts";
import "./homeroom-address.ts";

/** What became of an address that was followed, in words. */
export function answerWords(
  followed: Followed,
  { target }: MatrixLink,
  looks: ServerLooks | undefined,
): TemplateResult {
  const { status, answer, failed } = followed;
  const server = html`<homeroom-address .text=${followed.server} .looks=${looks}></homeroom-address>`;
  const { kind } = target;
  if (failed !== undefined) {
    const why = refusalWords({ code: `network/${failed}`, facts: {} });
    return html`<p class="wrong">${sayRich("address.no-answer", { server, why })}</p>`;
  }
  if (status === undefined) return html`<p>${sayRich("address.following", { server })}</p>`;
  if (status === 404 || (kind === "room" && status === 403))
    return html`<p class="wrong">${sayRich(`address.unknown-${kind}`, { server })}${code(status)}</p>`;
  if (status !== 200)
    return html`<p class="wrong">${sayRich("address.answer-other", { server }, { status })}</p>`;
  const name = answer?.name;
  const words =
    kind === "alias"
      ? sayRich("address.answer-alias", {
          server,
          room: html`<homeroom-address .text=${answer?.room ?? "?"} .looks=${looks}></homeroom-address>`,
        })
      : name === undefined
        ? sayRich(`address.answer-${kind}-unnamed`, { server })
        : sayRich(`address.answer-${kind}`, { server, name: named(name) });
  return html`<p class="good">${words}${code(status)}</p>`;
}

function code(status: number): TemplateResult {
  return html` <span class="status">(${say("address.status", { status })})</span>`;
}
