import { html, nothing, type TemplateResult } from "lit";
import { type Facts, isWordsKey, say } from "../../catalogue/late.ts";
import type { Json } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { LookTarget } from "../../world/action.ts";
import { hostName, type NameSource, startingWith } from "../network/network-names.ts";
import { type ServerLook, type ServerLooks, serverIn } from "../server-look.ts";
import type { InspectedExchange, InspectorState } from "./inspector-state.ts";
import type { RequestDraft } from "./request-draft.ts";

export type InspectorTab = "request" | "response";

/** What the parts of the inspector are drawn from. */
export type InspectorScene = {
  state: InspectorState;
  looks: ServerLooks;
  names: NameSource;
  tab: InspectorTab;
  revealed: boolean;
  look(at: LookTarget): void;
  choose(tab: InspectorTab): void;
  reveal(): void;
  copy(text: string, told: string): void;
  /** Opens a request to be changed and sent; absent where nothing can be sent. */
  edit?: (draft: RequestDraft) => void;
};

/** A body as JSON, as text, or as a number of bytes. */
export function readBody(
  body: string | Uint8Array | undefined,
): { json: Json } | { text: string } | { bytes: number } | undefined {
  if (body === undefined || body.length === 0) return undefined;
  if (typeof body !== "string") return { bytes: body.length };
  try {
    return { json: JSON.parse(body) as Json };
  } catch {
    return { text: body };
  }
}

export function lookOfHost({ state, looks }: InspectorScene, host: string): ServerLook | undefined {
  return looks.get(state.hosts.get(host)?.home ?? host);
}

/** A host's name in its colour. */
export function hostTemplate(scene: InspectorScene, host: string): TemplateResult {
  const name =
    scene.state.hosts.get(host)?.role === "device" ? startingWith(hostName(host, scene.names)) : host;
  return html`<b class="host ${lookOfHost(scene, host)?.className ?? ""}" translate="no">${name}</b>`;
}

/** A refusal in words: the catalogue's, filled with its facts; its code where there are none. */
export function refusalText({ code, facts }: Refusal): string {
  return isWordsKey(code) ? say(code, facts as Facts) : code;
}

/** A button of the panel that shows only a mark. */
export function markButton(label: string, path: string, act: (() => void) | undefined): TemplateResult {
  return html`<button class="tool mark" type="button" aria-label=${label} title=${label} ?disabled=${!act} @click=${() => act?.()}>
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${path}></path></svg>
  </button>`;
}

export const marks = { previous: "M10 3 5 8l5 5", next: "M6 3l5 5-5 5" } as const;

export function statusOf({ response, failed, arrived }: InspectedExchange): {
  text: string;
  kind: "good" | "bad" | "waiting";
} {
  if (failed) return { text: say("inspector.status.failed"), kind: "bad" };
  // With 401 a server asks for more before it says yes.
  const kinds = response && response.status < 400 ? "good" : response?.status === 401 ? "waiting" : "bad";
  if (response) return { text: String(response.status), kind: kinds };
  return {
    text: say(arrived === undefined ? "inspector.status.on-the-way" : "inspector.status.held"),
    kind: "waiting",
  };
}

/** The link to where the specification speaks of it. */
export function specificationLink(
  link: string | undefined,
  section: string,
): TemplateResult | typeof nothing {
  if (!link) return nothing;
  return html`<a class="specification" href=${link} target="_blank" rel="noopener">${say("inspector.specification", { section })} <span aria-hidden="true">↗</span></a>`;
}

/** The server of the person that an event is from, for its colour. */
export function senderLook(scene: InspectorScene, sender: string): ServerLook | undefined {
  return scene.looks.get(serverIn(sender) ?? "");
}

/** What opens a request to be changed and sent, where that can be. */
export function editButton(
  scene: InspectorScene,
  draft: RequestDraft | undefined,
  words: string,
): TemplateResult | typeof nothing {
  const { edit } = scene;
  if (!edit || !draft) return nothing;
  return html`<button class="tool" type="button" data-act="edit" @click=${() => edit(draft)}>${words}</button>`;
}
