import { Marked, type TokenizerAndRendererExtension } from "marked";
import type { Words } from "../../../world/actions/message-action.ts";
import { safeHtml } from "../chat-html.ts";
import { type Nameable, namedIn } from "./nameable.ts";

/** What is sent of a text. */
export function formattedWords(text: string, people: readonly Nameable[]): Words {
  const html = formatted(text, people);
  const mentions = namedIn(text, people).map(({ user }) => user);
  return { text, ...(html !== undefined && { html }), ...(mentions.length > 0 && { mentions }) };
}

/**
 * A message's Markdown as HTML, with people's names as links to them; undefined where the plain text says it all.
 * HTML in the text comes out as the characters that it is made of.
 * https://spec.matrix.org/v1.19/client-server-api/#user-and-room-mentions
 */
export function formatted(text: string, people: readonly Nameable[]): string | undefined {
  const marked = new Marked({
    gfm: true,
    breaks: true,
    renderer: {
      html: ({ text: source }) => escaped(source),
      image: ({ raw }) => escaped(raw),
    },
    extensions: [mention(namedIn(text, people))],
  });
  const source = marked.parse(text, { async: false });
  const fragment = safeHtml(source);
  if (!fragment) return undefined;
  for (const link of fragment.querySelectorAll("a")) {
    link.removeAttribute("target");
    link.removeAttribute("rel");
    link.removeAttribute("class");
  }
  const [only] = fragment.children;
  const isPlain =
    fragment.childElementCount === 1 &&
    only?.localName === "p" &&
    [...only.querySelectorAll("*")].every(({ localName }) => localName === "br") &&
    only.textContent === text.replaceAll("\n", "");
  if (isPlain) return undefined;
  const holder = document.createElement("div");
  holder.append(fragment);
  const lone = holder.childElementCount === 1 && holder.firstElementChild?.localName === "p";
  return (lone ? (holder.firstElementChild?.innerHTML ?? "") : holder.innerHTML).trim();
}

function mention(people: readonly Nameable[]): TokenizerAndRendererExtension {
  const words = people
    .flatMap(({ user, name }) => [
      { word: user, user, name },
      { word: `@${name}`, user, name },
    ])
    .sort((one, other) => other.word.length - one.word.length);
  return {
    name: "mention",
    level: "inline",
    start: (source) => {
      const at = source.indexOf("@");
      return at < 0 ? undefined : at;
    },
    tokenizer: (source) => {
      const found = words.find(({ word }) => source.startsWith(word));
      return found && { type: "mention", raw: found.word, user: found.user, label: found.name };
    },
    renderer: ({ user, label }) =>
      `<a href="https://matrix.to/#/${encodeURIComponent(String(user))}">${escaped(String(label))}</a>`,
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
