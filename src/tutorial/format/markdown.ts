import { Lexer, type Token, type Tokens } from "marked";
import { isAddress, splitProse } from "../prose-text.ts";

// Sanitised by construction, at build time and at run time alike: nothing of the author's is passed on as markup. This
// writes its own tags around escaped text, so HTML in a prose file comes out as the characters that it is made of.
// What is loaded from a URL goes through DOMPurify besides (load-tutorial.ts).

/** HTML of a step's text: paragraphs, lists, emphasis, code, links and coloured addresses, and nothing else. */
export function proseHtml(markdown: string): string {
  return blocks(new Lexer({ gfm: false }).lex(markdown));
}

/** What of Markdown the text uses that a step cannot have, in an author's words. */
export function markdownFaults(markdown: string): { raw: string; found: string }[] {
  const faults: { raw: string; found: string }[] = [];
  const visit = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      const found = refused[token.type];
      if (found !== undefined) faults.push({ raw: token.raw, found });
      else if (token.type === "link" && !isSafeLink(String(token.href)))
        faults.push({ raw: token.raw, found: "a link that is not https" });
      if ("tokens" in token && token.tokens) visit(token.tokens);
      if (token.type === "list") visit((token as Tokens.List).items);
    }
  };
  visit(new Lexer({ gfm: false }).lex(markdown));
  return faults;
}

const refused: Record<string, string> = {
  html: "HTML",
  heading: "a heading inside a step",
  image: "an image",
  code: "a block of code",
  hr: "a line across",
  def: "a link definition",
};

function blocks(tokens: readonly Token[]): string {
  return tokens.map(block).join("");
}

function block(token: Token): string {
  switch (token.type) {
    case "space":
      return "";
    case "paragraph":
      return `<p>${inline(token.tokens ?? [])}</p>`;
    case "blockquote":
      return `<blockquote>${blocks(token.tokens ?? [])}</blockquote>`;
    case "list": {
      const { ordered, items } = token as Tokens.List;
      const tag = ordered ? "ol" : "ul";
      return `<${tag}>${items.map((item) => `<li>${blocks(item.tokens)}</li>`).join("")}</${tag}>`;
    }
    case "text":
      return "tokens" in token && token.tokens ? inline(token.tokens) : words(token.raw);
    default:
      return `<p>${escapeHtml(token.raw.trim())}</p>`;
  }
}

function inline(tokens: readonly Token[]): string {
  return tokens.map(span).join("");
}

function span(token: Token): string {
  switch (token.type) {
    case "text":
    case "escape":
      return words(String((token as Tokens.Text).text));
    case "strong":
      return `<strong>${inline(token.tokens ?? [])}</strong>`;
    case "em":
      return `<em>${inline(token.tokens ?? [])}</em>`;
    case "codespan": {
      const { text } = token as Tokens.Codespan;
      return isAddress(text) || /^\{[a-z.-]+\}$/.test(text)
        ? words(text)
        : `<code>${escapeHtml(text)}</code>`;
    }
    case "br":
      return "<br>";
    case "link": {
      const { href } = token as Tokens.Link;
      const inside = inline(token.tokens ?? []);
      return isSafeLink(href)
        ? `<a href="${escapeHtml(href)}" target="_blank" rel="noopener">${inside}</a>`
        : inside;
    }
    default:
      return escapeHtml(token.raw);
  }
}

function isSafeLink(href: string): boolean {
  return href.startsWith("https://");
}

/** Text with its addresses as elements. */
function words(text: string): string {
  return splitProse(text)
    .map((part) => {
      if ("text" in part) return escapeHtml(part.text);
      // A role stays as it is written, and whoever shows the text fills it.
      const address = "fill" in part ? `{${part.fill}}` : escapeHtml(part.address);
      return `<homeroom-address>${address}</homeroom-address>`;
    })
    .join("");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
