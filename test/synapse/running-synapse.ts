import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import type { TestCertificates } from "../serve/test-authority.ts";

/** A Synapse on this machine: where clients reach it, and how it ends. */
export type RunningSynapse = { address: string; kill(signal?: NodeJS.Signals): Promise<void> };

export type SynapseSetUp = {
  serverName: string;
  folder: string;
  clientPort: number;
  federationPort: number;
  certificates: TestCertificates;
};

/** Writes what a Synapse needs to start: its settings and its signing key. */
export function setUpSynapse(setUp: SynapseSetUp): void {
  const { folder } = setUp;
  const inFolder = (name: string) => join(folder, name);
  const seed = randomBytes(32).toString("base64").replace(/=+$/, "");
  writeFileSync(inFolder("signing.key"), `ed25519 a_bench ${seed}\n`);
  writeFileSync(inFolder("log.json"), JSON.stringify(logSettings));
  // JSON is YAML.
  writeFileSync(inFolder("homeserver.yaml"), JSON.stringify(settings(setUp, inFolder)));
}

export async function startSynapse({ folder, clientPort }: SynapseSetUp): Promise<RunningSynapse> {
  const args = ["-m", "synapse.app.homeserver", "-c", join(folder, "homeserver.yaml")];
  const child = spawn(process.env.SYNAPSE_PYTHON ?? "", args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(join(folder, "synapse.log"), { flags: "a" });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  running.add(child);
  const ended = once(child, "exit").then(() => running.delete(child));
  const address = `http://127.0.0.1:${clientPort}/`;
  await ready(child, address).catch((error: Error) => {
    throw new Error(`${error.message}:\n${readFileSync(join(folder, "synapse.log"), "utf8").slice(-2000)}`);
  });
  return {
    address,
    async kill(signal = "SIGKILL") {
      child.kill(signal);
      await ended;
    },
  };
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

async function ready(child: ChildProcess, address: string): Promise<void> {
  for (let left = 600; left > 0; left--) {
    if (child.exitCode !== null) throw new Error(`Synapse ended with ${child.exitCode}`);
    const response = await fetch(new URL("/_matrix/client/versions", address)).catch(() => undefined);
    if (response?.ok) return;
    await wait(100);
  }
  throw new Error("Synapse did not come up in a minute");
}

const logSettings = {
  version: 1,
  formatters: { plain: { format: "%(asctime)s %(name)s %(levelname)s %(message)s" } },
  handlers: { console: { class: "logging.StreamHandler", formatter: "plain" } },
  root: { level: process.env.SYNAPSE_LOG ?? "WARNING", handlers: ["console"] },
  disable_existing_loggers: false,
};

const often = { per_second: 10_000, burst_count: 10_000 };

function settings(
  { serverName, clientPort, federationPort, certificates }: SynapseSetUp,
  inFolder: (name: string) => string,
): object {
  const listener = { type: "http", bind_addresses: ["127.0.0.1"], x_forwarded: false };
  return {
    server_name: serverName,
    signing_key_path: inFolder("signing.key"),
    media_store_path: inFolder("media"),
    log_config: inFolder("log.json"),
    pid_file: inFolder("synapse.pid"),
    database: { name: "sqlite3", args: { database: inFolder("homeserver.db") } },
    macaroon_secret_key: "macaroon",
    form_secret: "form",
    report_stats: false,
    enable_registration: true,
    enable_registration_without_verification: true,
    trusted_key_servers: [],
    suppress_key_server_warning: true,
    tls_certificate_path: certificates.cert,
    tls_private_key_path: certificates.key,
    listeners: [
      { ...listener, port: clientPort, resources: [{ names: ["client"] }] },
      { ...listener, port: federationPort, tls: true, resources: [{ names: ["federation"] }] },
    ],
    ip_range_blacklist: [],
    federation_custom_ca_list: [certificates.ca],
    bcrypt_rounds: 4,
    allow_public_rooms_over_federation: true,
    allow_public_rooms_without_auth: true,
    room_list_publication_rules: [{ action: "allow" }],
    federation: {
      destination_min_retry_interval: 500,
      destination_max_retry_interval: 1000,
      destination_retry_multiplier: 1,
      client_timeout: 20_000,
    },
    rc_message: often,
    rc_registration: often,
    rc_login: { address: often, account: often, failed_attempts: often },
    rc_joins: { local: often, remote: often },
    rc_joins_per_room: often,
    rc_invites: { per_room: often, per_user: often, per_issuer: often },
    rc_federation: {
      window_size: 1000,
      sleep_limit: 1000,
      sleep_delay: 1,
      reject_limit: 1000,
      concurrent: 100,
    },
    rc_room_creation: often,
    rc_presence: { per_user: often },
  };
}
