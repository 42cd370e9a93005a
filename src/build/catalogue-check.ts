import { isNode, parseModule, type SyntaxNode, walk } from "./module-imports.ts";
import { modulesOf, type Tree } from "./tracked-tree.ts";

type Texts = Map<string, { text: string; path: string }>;

/**
 * What is wrong with the catalogue: texts that nobody says, texts that are said and missing, and translations that
 * fill other placeholders than the English one.
 */
export function catalogueFaults(tree: Tree): string[] {
  const faults: string[] = [];
  const languages = catalogues(tree, (key, path) => faults.push(`${path}: "${key}" is there twice`));
  const english = languages.get("en") ?? new Map();
  const { said, named } = wordsInUse(tree);
  for (const [key, { path }] of english) {
    if (![...named].some((form) => form.test(key))) faults.push(`${path}: nothing says "${key}"`);
  }
  for (const { form, shown, path } of said) {
    if (![...english.keys()].some((key) => form.test(key)))
      faults.push(`${path}: there is no text "${shown}"`);
  }
  for (const [language, texts] of languages) {
    if (language === "en") continue;
    for (const [key, { text, path }] of texts) {
      const filled = english.get(key)?.text;
      if (filled === undefined || placeholders(filled) === placeholders(text)) continue;
      const [own, wanted] = [text, filled].map((each) => placeholders(each) || "nothing");
      faults.push(`${path}: "${key}" fills ${own}, English ${wanted}`);
    }
  }
  return faults;
}

/** Texts that are in English and not in another language, where English is said then; and the other way round. */
export function untranslated(tree: Tree): string[] {
  const found: string[] = [];
  const languages = catalogues(tree, () => undefined);
  const english = languages.get("en") ?? new Map();
  for (const [language, texts] of languages) {
    if (language === "en") continue;
    for (const key of english.keys()) {
      if (!texts.has(key)) found.push(`src/catalogue/${language}: lacks "${key}"`);
    }
    for (const [key, { path }] of texts) {
      if (!english.has(key)) found.push(`${path}: there is no English text "${key}"`);
    }
  }
  return found;
}

/** Language → key → text. The texts of an area are the object literals that its module exports. */
function catalogues(tree: Tree, twice: (key: string, path: string) => void): Map<string, Texts> {
  const languages = new Map<string, Texts>();
  for (const [path, source] of modulesOf(tree)) {
    const language = /^src\/catalogue\/([a-z-]+)\//.exec(path)?.[1];
    if (!language) continue;
    const texts: Texts = languages.get(language) ?? new Map();
    languages.set(language, texts);
    walk(parseModule(path, source), (node) => {
      if (node.type !== "Property" && node.type !== "ObjectProperty") return;
      const key = literal(node.key);
      const text = literal(node.value);
      if (key === undefined || text === undefined) return;
      if (texts.has(key)) twice(key, path);
      texts.set(key, { text, path });
    });
  }
  return languages;
}

/** What sources outside the catalogue say, and every text in them that could name a key. */
function wordsInUse(tree: Tree) {
  const said: { form: RegExp; shown: string; path: string }[] = [];
  const named = new Set<RegExp>();
  for (const [path, source] of modulesOf(tree)) {
    if (!path.startsWith("src/") || /^src\/catalogue\/[^/]+\//.test(path)) continue;
    walk(parseModule(path, source), (node, parent) => {
      const form = formOf(node);
      if (!form) return;
      named.add(form.pattern);
      if (parent?.type === "CallExpression" && isSay(parent) && (parent.arguments as unknown[])[0] === node) {
        said.push({ form: form.pattern, shown: form.shown, path });
      }
    });
  }
  return { said, named };
}

function isSay(call: SyntaxNode): boolean {
  return isNode(call.callee) && call.callee.type === "Identifier" && call.callee.name === "say";
}

/** A string, or a template with parts that vary: `app.theme-${choice}` stands for every key of that form. */
function formOf(node: SyntaxNode): { pattern: RegExp; shown: string } | undefined {
  const text = literal(node);
  if (text !== undefined) return { pattern: new RegExp(`^${escaped(text)}$`), shown: text };
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return undefined;
  const parts = node.quasis.map((part: { value: { cooked: string } }) => part.value.cooked);
  // A template without an area of the catalogue at its start could be anything.
  if (!/^[a-z][a-z-]*[./]/.test(parts[0] ?? "")) return undefined;
  return { pattern: new RegExp(`^${parts.map(escaped).join(".+")}$`), shown: parts.join("…") };
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "TemplateLiteral" && Array.isArray(node.quasis) && node.quasis.length === 1) {
    return (node.quasis[0] as { value: { cooked: string } }).value.cooked;
  }
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/*]/g, "\\$&");
}

/** The names that a text fills, sorted; one that chooses by number says so. */
function placeholders(text: string): string {
  const names = [...text.matchAll(/\{(\w+)(\|)?/g)].map(
    ([, name, choice]) => `{${name}${choice ? "|" : ""}}`,
  );
  return [...new Set(names)].sort().join(" ");
}
