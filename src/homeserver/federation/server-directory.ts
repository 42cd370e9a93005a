import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { parseServerName, type ServerName } from "../../protocol/server-name.ts";
import type { HomeserverPorts, HostAndPort, LookUpStep, ServiceTarget } from "../ports.ts";
import { askWellKnown, type WellKnown } from "./well-known.ts";

/** How to reach a server: where its addresses begin, for `Host` and certificate, and where to connect to. */
export type Route = { base: string; connectTo?: HostAndPort };

const defaultPort = 8448;
/** How long a host that does not answer is not asked again, milliseconds: each time twice as long. */
const silence = { first: 10_000, longest: 3_600_000 };

/** Finds servers by their names. https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names */
export class ServerDirectory {
  readonly #ports: HomeserverPorts;
  readonly #wellKnown = new Map<string, { file: WellKnown; until: number; silence: number }>();
  readonly #routes = new Map<string, { route: Route; until: number }>();
  readonly #underWay = new Map<string, Promise<Route | Refusal>>();

  constructor(ports: HomeserverPorts) {
    this.#ports = ports;
  }

  /** What is known is used for as long as it may be; two who ask at the same time share one look-up. */
  async route(serverName: string): Promise<Route | Refusal> {
    const known = this.#routes.get(serverName);
    if (known && known.until > this.#ports.clock.now()) return known.route;
    let underWay = this.#underWay.get(serverName);
    if (!underWay) {
      underWay = this.#lookUp(serverName).finally(() => this.#underWay.delete(serverName));
      this.#underWay.set(serverName, underWay);
    }
    return underWay;
  }

  /** A server that was silent is there again: what was found out without it counts no more. */
  heardFrom(serverName: string): void {
    const host = serverName.replace(/:\d+$/, "");
    if ((this.#wellKnown.get(host)?.silence ?? 0) === 0) return;
    this.#wellKnown.delete(host);
    this.#routes.delete(serverName);
  }

  async #lookUp(serverName: string): Promise<Route | Refusal> {
    const name = parseServerName(serverName);
    if (isRefusal(name)) return name;
    const steps: LookUpStep[] = [];
    const { route, life } = await this.#follow(name, steps);
    this.#routes.set(serverName, { route, until: this.#ports.clock.now() + life });
    this.#ports.report({ type: "server-looked-up", server: serverName, steps });
    return route;
  }

  async #follow(name: ServerName, steps: LookUpStep[]): Promise<{ route: Route; life: number }> {
    // 1. If the hostname is an IP literal, then that IP address should be used, together with the given port
    //    number, or 8448 if no port is given.
    // 2. If the hostname is not an IP literal, and the server name includes an explicit port, resolve the
    //    hostname to an IP address.
    const direct = directRoute(name);
    if (direct) {
      steps.push({
        step: name.hostKind === "dns" ? "2" : "1",
        asked: "name",
        name: name.text,
        found: direct.base,
      });
      return { route: direct, life: Number.POSITIVE_INFINITY };
    }
    // 3. A regular HTTPS request is made to https://<hostname>/.well-known/matrix/server.
    const { file, life } = await this.#askWellKnown(name.host);
    const delegated = parseServerName(file.server ?? "");
    const step: LookUpStep = { step: "3", asked: "well-known", name: name.host };
    if (file.server === undefined || isRefusal(delegated)) {
      steps.push({ ...step, failed: file.failure ?? "no server name in m.server" });
      // 4. to 6. If the /.well-known request resulted in an error response.
      const services = { fed: "4", matrix: "5", none: "6" };
      return { route: await this.#byServices(name.host, services, steps), life };
    }
    steps.push({ ...step, found: file.server });
    // 3.1. and 3.2. The same for the delegated name.
    const delegatedRoute = directRoute(delegated);
    if (delegatedRoute) return { route: delegatedRoute, life };
    // 3.3. to 3.5.
    const services = { fed: "3.3", matrix: "3.4", none: "3.5" };
    return { route: await this.#byServices(delegated.host, services, steps), life };
  }

  /** By the SRV records of a host, or else at the usual port. `Host` and certificate are the host's in any case. */
  async #byServices(
    host: string,
    numbers: { fed: string; matrix: string; none: string },
    steps: LookUpStep[],
  ): Promise<Route> {
    const base = `https://${host}`;
    for (const [step, service] of [
      [numbers.fed, "_matrix-fed._tcp"],
      [numbers.matrix, "_matrix._tcp"],
    ] as const) {
      if (!this.#ports.transport.findServices) break;
      const name = `${service}.${host}`;
      const targets = await this.#ports.transport.findServices(name).catch(() => []);
      const target = [...targets].sort(compareTargets)[0];
      if (target) {
        const connectTo = { host: target.host, port: target.port };
        steps.push({ step, asked: "srv", name, found: `${target.host}:${target.port}` });
        return { base, connectTo };
      }
      steps.push({ step, asked: "srv", name, failed: "no such record" });
    }
    steps.push({ step: numbers.none, asked: "name", name: host, found: `${host}:${defaultPort}` });
    return { base, connectTo: { host, port: defaultPort } };
  }

  async #askWellKnown(host: string): Promise<{ file: WellKnown; life: number }> {
    const now = this.#ports.clock.now();
    const known = this.#wellKnown.get(host);
    if (known && known.until > now) return { file: known.file, life: known.until - now };
    const file = await askWellKnown(host, this.#ports);
    const isSilent = file.life === 0;
    const wait = isSilent ? Math.min(silence.longest, (known?.silence ?? silence.first / 2) * 2) : 0;
    const life = isSilent ? wait : file.life;
    this.#wellKnown.set(host, { file, until: this.#ports.clock.now() + life, silence: wait });
    return { file, life };
  }
}

/** Where a name says itself where to go. */
function directRoute({ hostKind, host, port, text }: ServerName): Route | undefined {
  if (port !== undefined) return { base: `https://${text}` };
  if (hostKind === "dns") return undefined;
  return { base: `https://${host}`, connectTo: { host, port: defaultPort } };
}

function compareTargets(a: ServiceTarget, b: ServiceTarget): number {
  return a.priority - b.priority || b.weight - a.weight;
}
