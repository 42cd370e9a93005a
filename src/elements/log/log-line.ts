import type { WordsKey } from "../../catalogue/late.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { HostName } from "../../simulation/log.ts";
import type { InspectorSubject } from "../inspector/inspector-state.ts";

/** A part of a sentence that is more than text: shown by name and in colour. */
export type LogPart =
  | { host: HostName }
  | { address: string }
  /** A room's id; shown by what it is called. */
  | { room: string }
  | { code: string }
  /** Shown in words. */
  | { refusal: Refusal }
  | { text: string };

export type LogKind = "request" | "quiet" | "event" | "message" | "account" | "network";

export const logKinds: readonly LogKind[] = ["request", "quiet", "event", "message", "account", "network"];

/** One sentence of the log. */
export type LogLine = {
  /** Its place in the log's lines; stays the same while it is there. */
  index: number;
  /** World time of what it tells. */
  at: number;
  kind: LogKind;
  key: WordsKey;
  parts: Readonly<Record<string, LogPart>>;
  /** The number that the sentence counts. */
  n?: number;
  hosts: readonly HostName[];
  person?: string;
  subject?: InspectorSubject;
  /** For a request: what was asked for. */
  request?: { method: string; url: string };
  /** For a request: how it stands. */
  outcome?: { status?: number; errcode?: string; failed?: string; took?: number };
  /** For a folded line: the requests or events in it, the first ones. */
  folded?: readonly FoldedItem[];
  /** Is it worth telling to someone who listens? */
  matters: boolean;
};

/** One of several that are folded into a line. */
export type FoldedItem = { text: string; subject: InspectorSubject; failed?: boolean };
