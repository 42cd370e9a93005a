import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { ChatRoom } from "./chat-fold.ts";
import { localpartOf, nameList } from "./chat-words.ts";

/** Who is typing in a room, this user left out. */
export function typingMark(
  { typing, members }: ChatRoom,
  me: string | undefined,
): TemplateResult | typeof nothing {
  const users = typing.filter((user) => user !== me);
  if (users.length === 0) return nothing;
  const names = nameList(users.map((user) => members.get(user)?.name ?? localpartOf(user)));
  return html`<p class="typing">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    ${say(users.length === 1 ? "chat.typing-one" : "chat.typing-many", { names })}
  </p>`;
}
