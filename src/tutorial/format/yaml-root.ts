import { type Node, parseDocument } from "yaml";
import type { Reading } from "./reading.ts";

/**
 * The node that all of a YAML text is; null where the text is empty. Undefined where it is not YAML: half a document would
 * only bring faults that follow from the first.
 * @param reading has the text's lines from then on, and its faults
 * @param warnings of the parser are faults too
 */
export function yamlRoot(text: string, reading: Reading, warnings = false): Node | null | undefined {
  const { file, lines } = reading;
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const error of [...document.errors, ...(warnings ? document.warnings : [])]) {
    const { line, col } = lines.linePos(error.pos[0]);
    const found = "something that is not YAML";
    reading.faults.push({ file, line, column: col, found, expected: error.message });
  }
  return document.errors.length > 0 ? undefined : (document.contents as Node | null);
}
