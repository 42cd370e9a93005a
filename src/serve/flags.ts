import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { type OptionValues, option, optionNames, options } from "./options.ts";

/** What the command line says: values of options, and a file that may have more. */
export type Flags = { values: OptionValues; config?: string };

/** Reads the command line, or says in one sentence what is wrong with it. */
export function readFlags(args: readonly string[]): Flags | "help" | { fault: string } {
  let found: Record<string, string | boolean | (string | boolean)[] | undefined>;
  try {
    found = parseArgs({ args: [...args], options: flagShapes }).values;
  } catch (error) {
    return { fault: (error as Error).message };
  }
  if (found.help) return "help";
  const values: Record<string, unknown> = {};
  for (const name of optionNames) {
    const given = found[name];
    if (given === undefined) continue;
    const { kind, fits, expected } = option(name);
    for (const text of Array.isArray(given) ? given : [given]) {
      if (typeof text === "string" && fits && !fits(text))
        return { fault: `--${name} ${text} is not ${expected}` };
    }
    values[name] = kind === "number" ? Number(given) : given;
  }
  return { values, ...(typeof found.config === "string" && { config: found.config }) };
}

const flagShapes: ParseArgsOptionsConfig = {
  config: { type: "string" },
  help: { type: "boolean" },
  ...Object.fromEntries(
    optionNames.map((name) => {
      const { kind } = option(name);
      return [
        name,
        { type: kind === "switch" ? "boolean" : "string", multiple: kind === "list" || kind === "files" },
      ];
    }),
  ),
};

export const usage = `usage: npm run serve -- --server-name NAME --port PORT [OPTIONS]

${[
  ...Object.entries(options).map(([name, { says, ...rest }]) =>
    line(`--${name}${"value" in rest ? ` ${rest.value}` : ""}`, says),
  ),
  line("--config FILE", "has any of these by the same names, in YAML or JSON; flags go before it"),
  line("--help", "prints this"),
].join("\n")}`;

function line(flag: string, says: string): string {
  const lines: string[] = [];
  for (const word of says.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 72) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return `  ${flag.padEnd(36)}${lines.join(`\n${" ".repeat(38)}`)}`;
}
