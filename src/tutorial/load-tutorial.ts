import type { CompiledTutorial, TutorialSource } from "./format/compile-tutorial.ts";
import type { TutorialFault } from "./format/fault.ts";
import type { Prose, Tutorial } from "./tutorial.ts";

/** What came of loading a tutorial from an address. `text` of a fault is English, for its author. */
export type LoadedTutorial =
  | { ok: true; tutorial: Tutorial; prose: Prose }
  | { ok: false; why: LoadingFailure; url: string; status?: number }
  | { ok: false; why: "faults"; url: string; faults: readonly TutorialFault[] };

export type LoadingFailure =
  | "no-url"
  /** No server answered. */
  | "not-reached"
  /** A server answered, and has nothing there. */
  | "not-there"
  /** A server answered, and lets no other page read it. */
  | "not-allowed"
  /** A page for people came in the tutorial's place. */
  | "web-page"
  | "too-large";

/** A tutorial is text. More than this is something else. */
const mostBytes = 512 * 1024;

/**
 * Loads a tutorial from the folder at `url` (or from its tutorial.yaml): the logic, the English prose, and the prose in
 * `language` where there is one. It is data and can run no code. Parser and sanitiser are loaded only now.
 */
export async function loadTutorialFrom(
  url: string,
  language: string,
  get: typeof globalThis.fetch = globalThis.fetch,
): Promise<LoadedTutorial> {
  const base = folderOf(url);
  if (!base) return { ok: false, why: "no-url", url };
  const [logic, english, translated] = await Promise.all([
    textAt(new URL("tutorial.yaml", base), get),
    textAt(new URL("en.md", base), get),
    language === "en" ? undefined : textAt(new URL(`${language}.md`, base), get),
  ]);
  for (const needed of [logic, english]) if (typeof needed !== "string") return needed;
  const source: TutorialSource = {
    name: base.pathname.split("/").at(-2) || base.host,
    logic: logic as string,
    prose: { en: english as string, ...(typeof translated === "string" && { [language]: translated }) },
  };
  const { compileTutorial } = await import("./format/compile-tutorial.ts");
  const compiled = compileTutorial(source);
  const { tutorial } = compiled;
  const prose = compiled.prose[language] ?? compiled.prose.en;
  if (!tutorial || !prose) return { ok: false, why: "faults", url, faults: compiled.faults };
  return { ok: true, tutorial, prose: await purified(prose) };
}

export type { CompiledTutorial };

function folderOf(url: string): URL | undefined {
  try {
    const given = new URL(url, globalThis.location?.href);
    if (given.protocol !== "https:" && given.protocol !== "http:") return undefined;
    given.hash = "";
    given.search = "";
    given.pathname = given.pathname.replace(/tutorial\.ya?ml$/, "").replace(/\/?$/, "/");
    return given;
  } catch {
    return undefined;
  }
}

async function textAt(
  url: URL,
  get: typeof globalThis.fetch,
): Promise<string | Extract<LoadedTutorial, { ok: false }>> {
  try {
    const response = await get(url, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) return { ok: false, why: "not-there", url: url.href, status: response.status };
    const bytes = await response.arrayBuffer();
    if (bytes.byteLength > mostBytes) return { ok: false, why: "too-large", url: url.href };
    const text = new TextDecoder().decode(bytes);
    return /^\s*<(!doctype|html|head|body)\b/i.test(text)
      ? { ok: false, why: "web-page", url: url.href }
      : text;
  } catch {
    return { ok: false, why: (await answers(url, get)) ? "not-allowed" : "not-reached", url: url.href };
  }
}

/** The browser does not say why it withholds an answer; but an answer that nobody is to read it lets through. */
async function answers(url: URL, get: typeof globalThis.fetch): Promise<boolean> {
  try {
    await get(url, { mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer" });
    return true;
  } catch {
    return false;
  }
}

/** A stranger's words pass a second sieve, although markdown.ts lets nothing through. */
async function purified(prose: Prose): Promise<Prose> {
  const { default: purify } = await import("dompurify");
  const allowed = {
    ALLOWED_TAGS: [
      "p",
      "strong",
      "em",
      "code",
      "br",
      "ul",
      "ol",
      "li",
      "blockquote",
      "a",
      "homeroom-address",
    ],
    ALLOWED_ATTR: ["href", "target", "rel"],
    CUSTOM_ELEMENT_HANDLING: { tagNameCheck: /^homeroom-address$/ },
  };
  const steps = Object.entries(prose.steps).map(([id, step]) => [
    id,
    { ...step, html: purify.sanitize(step.html, allowed) },
  ]);
  return { ...prose, steps: Object.fromEntries(steps) };
}
