import DOMPurify, { type Config } from "dompurify";
import { parseMatrixLink } from "../../protocol/matrix-links.ts";
import { isRefusal } from "../../protocol/refusal.ts";

// What messages may contain: https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes
const tags =
  "del h1 h2 h3 h4 h5 h6 blockquote p a ul ol sup sub li b i u strong em s code hr br div table thead tbody tr th td caption pre span img details summary".split(
    " ",
  );
const attributes: Readonly<Record<string, readonly string[]>> = {
  span: ["data-mx-bg-color", "data-mx-color", "data-mx-spoiler", "data-mx-maths"],
  a: ["target", "href"],
  img: ["width", "height", "alt", "title", "src"],
  ol: ["start"],
  code: ["class"],
  div: ["data-mx-maths"],
};
const schemes = new Set(["https:", "http:", "ftp:", "mailto:", "magnet:"]);
const deepest = 100;
const config = {
  ALLOWED_TAGS: [...tags, "mx-reply"],
  ALLOWED_ATTR: [...new Set(Object.values(attributes).flat())],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  FORBID_CONTENTS: ["script", "style", "svg", "math", "template", "iframe", "noscript", "title", "textarea"],
  // The pattern is for addresses alone; other attributes are seen to below.
  ADD_URI_SAFE_ATTR: Object.values(attributes)
    .flat()
    .filter((name) => name !== "href" && name !== "src"),
  ALLOWED_URI_REGEXP: /^(?:https?|ftp|mailto|magnet):/i,
  RETURN_DOM_FRAGMENT: true,
} as const;

/**
 * A message's HTML as elements that can do no harm: the specification's tags and attributes, links to the web alone,
 * nothing that loads, nothing that runs. Undefined where it is nested too deep.
 */
export function safeHtml(source: string): DocumentFragment | undefined {
  const clean = DOMPurify.sanitize(source, config as unknown as Config & { RETURN_DOM_FRAGMENT: true });
  for (const reply of clean.querySelectorAll("mx-reply")) reply.remove();
  // Before they come into the page's document, where they would begin to load.
  for (const image of clean.querySelectorAll("img")) image.replaceWith(image.alt || image.title || "▢");
  const content = document.importNode(clean, true);
  for (const element of content.querySelectorAll("*")) {
    if (depthOf(element) > deepest) return undefined;
    const allowed = attributes[element.localName] ?? [];
    for (const name of element.getAttributeNames())
      if (!allowed.includes(name)) element.removeAttribute(name);
  }
  for (const link of content.querySelectorAll("a")) settleLink(link);
  for (const code of content.querySelectorAll("code[class]")) settleClass(code);
  for (const span of content.querySelectorAll<HTMLElement>("span")) settleSpan(span);
  return content;
}

function depthOf(element: Element): number {
  let depth = 0;
  for (let each: Element | null = element; each && depth <= deepest; each = each.parentElement) depth += 1;
  return depth;
}

function settleLink(link: HTMLAnchorElement): void {
  const href = link.getAttribute("href") ?? "";
  if (!URL.canParse(href) || !schemes.has(new URL(href).protocol)) link.removeAttribute("href");
  const named = parseMatrixLink(href);
  // Somebody or a room is named: https://spec.matrix.org/v1.19/client-server-api/#user-and-room-mentions
  if (!isRefusal(named) && named.form !== "identifier" && !named.event) link.classList.add("pill");
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

function settleClass(code: Element): void {
  const kept = [...code.classList].filter((name) => name.startsWith("language-"));
  if (kept.length > 0) code.className = kept.join(" ");
  else code.removeAttribute("class");
}

/** A spoiler opens by click and key. Colours are applied only where the text stays readable. */
function settleSpan(span: HTMLElement): void {
  const ink = span.getAttribute("data-mx-color");
  const ground = span.getAttribute("data-mx-bg-color");
  if (isColor(ground)) {
    span.style.backgroundColor = ground;
    const readable = isColor(ink) && contrast(ink, ground) >= 4.5;
    span.style.color = readable
      ? ink
      : contrast("#000000", ground) >= contrast("#ffffff", ground)
        ? "#000000"
        : "#ffffff";
  } else if (isColor(ink)) {
    // Mixed with the theme's ink until it can be read on either ground.
    span.style.color = `color-mix(in oklab, ${ink} 35%, var(--ink))`;
  }
  const reason = span.getAttribute("data-mx-spoiler");
  if (reason === null) return;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = reason || "▒▒▒";
  details.className = "spoiler";
  span.replaceWith(details);
  details.append(summary, span);
}

function isColor(value: string | null): value is string {
  return value !== null && /^#[0-9a-f]{6}$/i.test(value);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
