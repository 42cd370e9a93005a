import process from "node:process";
import { catalogueFaults } from "./catalogue-check.ts";
import { trackedTree } from "./tracked-tree.ts";

// npm run words: says what is missing in the catalogue, and what nobody says.
const faults = catalogueFaults(trackedTree());
for (const fault of faults) console.log(fault);
console.log(faults.length === 0 ? "Every word has its place." : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
