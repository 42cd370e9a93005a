import { html, type TemplateResult } from "lit";
import { type Facts, say, spokenLanguage } from "../../catalogue/late.ts";
import type { Bindings } from "../../world/world.ts";
import { refusalText } from "../inspector/inspector-scene.ts";
import { hostName, type NameSource, personOf, startingWith } from "../network/network-names.ts";
import { lookOf, type ServerLooks } from "../server-look.ts";
import type { LogLine, LogPart } from "./log-line.ts";
import type { LogState } from "./log-state.ts";

/** What sentences are put in words and colours with. */
export type Speech = { state: LogState; names: NameSource; looks: ServerLooks };

export function speechOf(state: LogState, looks: ServerLooks, bindings: Bindings | undefined): Speech {
  return { state, looks, names: { hosts: state.hosts, bindings } };
}

/** Stands around the name of a part while the catalogue fills a sentence; no text for people has it. */
const mark = "\u{F0000}";

/** The sentence as pieces: text, and the parts that are shown by name and colour. */
function pieces(line: LogLine): (string | LogPart)[] {
  const facts: Facts = line.n === undefined ? {} : { n: line.n };
  for (const name of Object.keys(line.parts)) facts[name] = `${mark}${name}${mark}`;
  return say(line.key, facts)
    .split(mark)
    .map((piece, index) => (index % 2 === 1 ? line.parts[piece]! : piece))
    .filter((piece) => piece !== "");
}

/** What a room is called: its address, its name, or that it has none. */
export function roomName(room: string, { state }: Pick<Speech, "state">): string {
  const { alias, name, people = [] } = state.rooms.get(room) ?? {};
  if (alias) return alias;
  if (name) return `“${name}”`;
  if (people.length === 0) return say("log.nameless-room");
  const names = people.map((person) => person.slice(1).split(":")[0]!);
  return say("log.room-of", { people: new Intl.ListFormat(spokenLanguage()).format(names) });
}

function partText(part: LogPart, speech: Speech): string {
  if ("host" in part) return hostName(part.host, speech.names);
  if ("address" in part) return part.address;
  if ("room" in part) return roomName(part.room, speech);
  if ("code" in part) return part.code;
  return "refusal" in part ? refusalText(part.refusal) : part.text;
}

/** The sentence as plain text. */
export function plainSentence(line: LogLine, speech: Speech): string {
  const all = pieces(line);
  const text = all.map((piece) => (typeof piece === "string" ? piece : partText(piece, speech))).join("");
  const first = all[0];
  // Names of servers are written as they are.
  const server =
    typeof first === "object" && "host" in first && personOf(first.host, speech.names) === undefined;
  return server ? text : startingWith(text);
}

function partTemplate(part: LogPart, speech: Speech, first: boolean): TemplateResult {
  const plain = partText(part, speech);
  const text = first ? startingWith(plain) : plain;
  if ("host" in part && personOf(part.host, speech.names) !== undefined) {
    const account = speech.state.hosts.get(part.host)?.account ?? "";
    return html`<b class="host ${lookOf(speech.looks, account)?.className ?? ""}">${text}</b>`;
  }
  const address = "host" in part || "address" in part || ("room" in part && plain.startsWith("#"));
  if (address) return html`<homeroom-address .text=${plain} .looks=${speech.looks}></homeroom-address>`;
  return "code" in part ? html`<code>${plain}</code>` : html`<bdi>${text}</bdi>`;
}

/** The sentence with names in their colours. */
export function sentenceTemplate(line: LogLine, speech: Speech): unknown[] {
  return pieces(line).map((piece, index) =>
    typeof piece === "string" ? piece : partTemplate(piece, speech, index === 0),
  );
}
