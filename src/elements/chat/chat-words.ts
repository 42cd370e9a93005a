import { html, type TemplateResult } from "lit";
import { type Facts, say, spokenLanguage, type WordsKey } from "../../catalogue/catalogue.ts";

/** A text of the catalogue whose placeholders are filled with names or other templates. */
export function sayRich(key: WordsKey, fillings: Record<string, unknown>, facts: Facts = {}): TemplateResult {
  const names = Object.keys(fillings);
  const marked = Object.fromEntries(names.map((name, at) => [name, `\u{f0000}${at}\u{f0000}`]));
  const parts = say(key, { ...facts, ...marked }).split("\u{f0000}");
  return html`${parts.map((part, at) => (at % 2 === 0 ? part : fillings[names[Number(part)] ?? ""]))}`;
}

/** Longer names are cut: a name is no place for a novel. */
const longestName = 80;

/** What a person or a room is called, on one line and in bounds. */
export function shortName(name: string): string {
  const line = name.replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length > longestName ? `${characters.slice(0, longestName).join("")}…` : line;
}

/** Somebody's own words inside a sentence of ours: its direction stays its own. */
export function named(name: string): TemplateResult {
  return html`<bdi class="named">${shortName(name)}</bdi>`;
}

/** `zoe` of `@zoe:garden.example`. */
export function localpartOf(user: string): string {
  const colon = user.indexOf(":");
  return user.slice(1, colon < 0 ? undefined : colon);
}

/** The hour and minute of a moment, as this language writes them. */
export function clockTime(at: number): string {
  return formatter("time", { hour: "numeric", minute: "2-digit" }).format(at);
}

/** A day: today, yesterday, or its date. `now` is the newest moment shown. */
export function dayName(at: number, now: number): string {
  const days = dayNumber(now) - dayNumber(at);
  if (days === 0) return say("chat.today");
  if (days === 1) return say("chat.yesterday");
  return formatter("day", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at);
}

/** Counts up by one with each day of this place's calendar. */
export function dayNumber(at: number): number {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** Names as a list: `Bo, Cy and 2 others`. */
export function nameList(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(shortName);
  const more = names.length - shown.length;
  if (more > 0) shown.push(say("chat.others", { n: more }));
  return new Intl.ListFormat(spokenLanguage()).format(shown);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${spokenLanguage()}`;
  let known = formatters.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(spokenLanguage(), options);
    formatters.set(key, known);
  }
  return known;
}
