import { chanceText, letters } from "../homeserver/chance.ts";
import { createHomeserver, type Homeserver } from "../homeserver/homeserver.ts";
import type { HomeserverSettings } from "../homeserver/settings.ts";
import { withAccessLog } from "./access-log.ts";
import { type DataDirectory, openDataDirectory, type SigningKey } from "./data-directory.ts";
import { type FetchHandler, type HttpServer, serveHttp } from "./http-server.ts";
import { nodePorts } from "./node-ports.ts";
import { cheapCost, fullCost } from "./scrypt-passwords.ts";
import type { ServeSettings } from "./serve-settings.ts";
import { systemChance } from "./system-chance.ts";

export type Serving = {
  /** Where it listens, for example `http://127.0.0.1:8008/`. */
  addresses: string[];
  /** Answers what it can at once, ends long polls, and keeps what was promised. */
  stop(): Promise<void>;
};

/** Why it could not be started, in a sentence, and the status that the process ends with. */
export type StartFault = { fault: string; status: 1 | 2 };

/** Guesses at passwords are slowed down, and so is who fills the server with accounts. */
const rateLimits = {
  login: { perSecond: 1, burst: 30 },
  registration: { perSecond: 5, burst: 1000 },
};

/** Starts a homeserver and everything by which others reach it. */
export async function startServing(settings: ServeSettings): Promise<Serving | StartFault> {
  const { serverName, lab } = settings;
  const data =
    settings.data === undefined ? undefined : openDataDirectory(settings.data, serverName, newSigningKey);
  if (data && "fault" in data) return { fault: `--data ${data.fault}`, status: 2 };
  const { keyId, seed } = data?.signingKey ?? newSigningKey();
  const ports = nodePorts({
    passwordCost: lab ? cheapCost : fullCost,
    ...(data && { data }),
    authorities: settings.authorities,
    privateAddresses: lab,
    urlPreviews: settings.urlPreviews,
  });
  let homeserver: Homeserver;
  try {
    homeserver = await createHomeserver(
      { ...homeserverSettings(settings), signingKeySeed: seed, keyId },
      ports,
    );
  } catch (error) {
    if (!data) throw error;
    data.close();
    return { fault: `--data ${settings.data} is damaged: ${(error as Error).message}`, status: 2 };
  }
  return listen(settings, homeserver, data);
}

async function listen(
  settings: ServeSettings,
  homeserver: Homeserver,
  data: DataDirectory | undefined,
): Promise<Serving | StartFault> {
  const answer: FetchHandler = (request, from) => homeserver.fetch(request, from);
  const fetch = settings.accessLog ? withAccessLog(answer, console.log) : answer;
  const servers: HttpServer[] = [];
  const stop = async () => {
    await Promise.all([homeserver.stop(), ...servers.map((server) => server.close())]);
    data?.close();
  };
  const { host, port, tls } = settings;
  for (const place of [
    ...(port === undefined ? [] : [{ host, port }]),
    ...(tls ? [{ host, port: tls.port, tls }] : []),
  ]) {
    try {
      servers.push(await serveHttp(fetch, place));
    } catch (error) {
      await stop();
      return listenFault((error as NodeJS.ErrnoException).code ?? String(error), place);
    }
  }
  return { addresses: servers.map(({ address }) => address), stop };
}

function homeserverSettings(settings: ServeSettings): Omit<HomeserverSettings, "signingKeySeed" | "keyId"> {
  const { serverName, openRegistration, registrationTokens, sharedSecret, defaultRoomVersion, lab } =
    settings;
  const { clientUrl, delegate } = settings;
  return {
    name: serverName,
    registration: openRegistration ? "open" : registrationTokens.length > 0 ? "token" : "closed",
    registrationTokens,
    ...(sharedSecret !== undefined && { registrationSharedSecret: sharedSecret }),
    ...(clientUrl !== undefined && { clientBaseUrl: clientUrl }),
    ...(delegate !== undefined && { delegatesTo: delegate }),
    ...(defaultRoomVersion !== undefined && { defaultRoomVersion }),
    ...(lab ? { publishing: "members", federation: { longestWait: 5000 } } : { rateLimits }),
  };
}

/** A name of its own for each key: other servers remember what an earlier one of the same name was. */
function newSigningKey(): SigningKey {
  return { keyId: `ed25519:${chanceText(systemChance, 6, letters)}`, seed: systemChance.bytes(32) };
}

function listenFault(code: string, { host, port }: { host: string; port: number }): StartFault {
  if (code === "EADDRINUSE") return { fault: `Port ${port} of ${host} is taken.`, status: 1 };
  if (code === "EACCES") {
    return {
      fault: `Port ${port} of ${host} may not be used: ports below 1024 need special rights.`,
      status: 2,
    };
  }
  return { fault: `--host ${host} is no address of this machine (${code}).`, status: 2 };
}
