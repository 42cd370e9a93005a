// npm run test:synapse: plays with a real Synapse, where there is a Python that it runs on.
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runNodeTests } from "../../src/build/node-tests.ts";
import { findPython, prepareSynapse } from "./python.ts";

const python = findPython();
if (!python) {
  console.log("Python 3.10 or later, with venv, is not here: nothing was played with Synapse.");
  process.exit(0);
}
process.env.SYNAPSE_PYTHON = prepareSynapse(python);
if (!process.env.SYNAPSE_PYTHON) {
  console.log("Synapse could not be installed (see above): nothing was played with it.");
  process.exit(1);
}
const { passed, failed } = await runNodeTests([fileURLToPath(new URL("plays.ts", import.meta.url))]);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
