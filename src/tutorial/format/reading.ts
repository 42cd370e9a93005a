import type { LineCounter, Node } from "yaml";
import type { TutorialFault } from "./fault.ts";

/** A name that refers to something declared elsewhere in the tutorial. */
export type Reference = { kind: ReferenceKind; name: string; node: Node; scope: string };
/** What a name refers to. */
export type ReferenceKind =
  | "person"
  | "room"
  | "user"
  | "host"
  | "device"
  | "goal"
  | "say"
  | "field"
  | "quiz"
  | "answer"
  | "step"
  | "miss"
  | "server"
  | "text";

/** What reading a file has found so far. */
export class Reading {
  readonly faults: TutorialFault[] = [];
  readonly references: Reference[] = [];
  readonly declared: Reference[] = [];
  /** The step that is being read. */
  scope = "";
  readonly file: string;
  readonly lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.file = file;
    this.lines = lines;
  }

  /** Notes what was found at a node where something else was expected. Without a node: at the file's beginning. */
  fault(node: Node | null | undefined, found: string, expected: string): void {
    const { line, col } = this.lines.linePos(node?.range?.[0] ?? 0);
    this.faults.push({ file: this.file, line: Math.max(1, line), column: Math.max(1, col), found, expected });
  }
}
