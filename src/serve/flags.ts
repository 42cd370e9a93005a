import { parseArgs } from "node:util";
import { isRefusal } from "../protocol/refusal.ts";
import { parseServerName } from "../protocol/server-name.ts";

export type ServeFlags = {
  serverName: string;
  host: string;
  port: number;
  openRegistration: boolean;
  accessLog: boolean;
};

export const usage = `usage: npm run serve -- --server-name NAME --port PORT [OPTIONS]

  --server-name NAME     what stands after the colon in the addresses of its users
  --port PORT            where it listens; 0 takes any port that is free
  --host ADDRESS         on which address it listens (127.0.0.1)
  --open-registration    anybody may make an account
  --access-log           prints a line for each request
  --help                 prints this`;

/** What the command line says, or what is wrong with it in one sentence. */
export function readFlags(args: readonly string[]): ServeFlags | "help" | { fault: string } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return { fault: (error as Error).message };
  }
  if (values.help) return "help";
  const serverName = values["server-name"];
  if (!serverName) return { fault: "--server-name is missing" };
  if (isRefusal(parseServerName(serverName)))
    return { fault: `--server-name ${serverName} is not a server name` };
  const { port } = values;
  if (port === undefined) return { fault: "--port is missing" };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return { fault: `--port ${port} is not a number from 0 to 65535` };
  }
  return {
    serverName,
    port: Number(port),
    host: values.host,
    openRegistration: values["open-registration"],
    accessLog: values["access-log"],
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      "server-name": { type: "string" },
      port: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      "open-registration": { type: "boolean", default: false },
      "access-log": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;
}
