import process from "node:process";
import { catalogueFaults, untranslated } from "./catalogue-check.ts";
import { trackedTree } from "./tracked-tree.ts";

// npm run words: says what is missing in the catalogue, what nobody says, and what is not translated.
const tree = trackedTree();
for (const text of untranslated(tree)) console.log(`Not translated: ${text}`);
const faults = catalogueFaults(tree);
for (const fault of faults) console.log(fault);
console.log(faults.length === 0 ? "Every word has its place." : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
