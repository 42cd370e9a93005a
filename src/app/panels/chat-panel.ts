import { html, type TemplateResult } from "lit";
import { type ChatState, chatFold, noChat } from "../../elements/chat/chat-fold.ts";
import "../../elements/chat/homeroom-chat.ts";
import type { MediaEvent } from "../../elements/chat/messages/media-event.ts";
import type { Fold } from "../../simulation/log.ts";
import { madeUpPassword } from "../made-up-password.ts";
import { personName } from "../person-name.ts";
import type { StageView } from "../stage-layout.ts";
import { folded, type StageScene } from "../stage-scene.ts";

/** A log keeps what it has folded by the fold: one for each device. */
const folds = new Map<string, Fold<ChatState>>();

function foldOf(host: string): Fold<ChatState> {
  const fold = folds.get(host) ?? chatFold(host);
  folds.set(host, fold);
  return fold;
}

export function chatPanel(scene: StageScene, view: StageView | undefined): TemplateResult {
  if (view?.view !== "chat") return html``;
  const { host, person, device } = view;
  // Until the world is there, only somebody who cannot have an account yet sees the door.
  const arriving = !scene.world;
  const known = !arriving || (scene.untouched && person.account === undefined);
  const waiting: ChatState = { ...noChat, session: { state: "starting", user: "" } };
  const bound = scene.bindings.people[person.id];
  const name = bound?.user?.slice(1).split(":")[0];
  const password = scene.world?.observation().passwords[person.id] ?? madeUpPassword();
  return html`<homeroom-chat
    .host=${host}
    .person=${personName(scene, person)}
    .kind=${device.kind}
    .manner=${device.client}
    .state=${known ? folded(scene, foldOf(host)) : waiting}
    .server=${person.at}
    .bindings=${scene.bindings}
    .looks=${scene.looks}
    .arriving=${arriving}
    .readonly=${scene.readonly}
    @homeroom-media=${(event: MediaEvent) => {
      event.result = scene.world?.media(host, event.mxc);
    }}
    .suggestions=${{ ...(name !== undefined && { name }), password }}
  ></homeroom-chat>`;
}
