import { type RunningServe, serve, temporaryFolder } from "../serve/running-serve.ts";
import { testCertificates } from "../serve/test-authority.ts";
import { type CuttablePort, freePort, openCuttablePort } from "./cuttable-port.ts";
import { Person } from "./person.ts";
import { type RunningSynapse, setUpSynapse, startSynapse } from "./running-synapse.ts";

/** One of the two servers. */
export type Peer = {
  kind: "serve" | "Synapse";
  serverName: string;
  /** Where other servers reach it. */
  port: CuttablePort;
  start(): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** A new account, its name made unique. */
  person(name: string): Promise<Person>;
};

/** Sets `serve` and a Synapse up to trust each other. */
export async function setUpPeers(): Promise<{ ours: Peer; theirs: Peer }> {
  const certificates = await testCertificates(temporaryFolder());
  const ours = await oursIn(temporaryFolder(), certificates);
  return { ours, theirs: await theirsIn(temporaryFolder(), certificates) };
}

type Certificates = Awaited<ReturnType<typeof testCertificates>>;

async function oursIn(data: string, { cert, key, ca }: Certificates): Promise<Peer> {
  const port = await openCuttablePort();
  port.target = await freePort();
  const serverName = `localhost:${port.port}`;
  const tls = ["--tls-port", String(port.target), "--tls-cert", cert, "--tls-key", key, "--ca", ca];
  const flags = ["--server-name", serverName, "--port", "0", "--data", data, "--open-registration", "--lab"];
  let running: RunningServe | undefined;
  let address = "";
  return {
    kind: "serve",
    serverName,
    port,
    async start() {
      running = serve(...flags, ...tls);
      running.child.stderr?.on("data", (text: string) => console.error(`serve: ${text.trimEnd()}`));
      address = await running.address;
    },
    async kill(signal = "SIGKILL") {
      running?.child.kill(signal);
      await running?.ended;
    },
    person: (name) => Person.register(() => address, unique(name)),
  };
}

async function theirsIn(folder: string, certificates: Certificates): Promise<Peer> {
  const port = await openCuttablePort();
  port.target = await freePort();
  const serverName = `127.0.0.1:${port.port}`;
  const setUp = {
    serverName,
    folder,
    clientPort: await freePort(),
    federationPort: port.target,
    certificates,
  };
  setUpSynapse(setUp);
  let running: RunningSynapse | undefined;
  return {
    kind: "Synapse",
    serverName,
    port,
    async start() {
      running = await startSynapse(setUp);
    },
    kill: async (signal) => running?.kill(signal),
    person: (name) => Person.register(() => running?.address ?? "", unique(name)),
  };
}

let names = 0;

function unique(name: string): string {
  names += 1;
  return `${name}${names}`;
}
