import type { HttpRequest, HttpResponse } from "./http.ts";
import { type Link, type LinkChange, Links } from "./links.ts";
import type { ExchangeId, Happening, HostName } from "./log.ts";
import { loggedMessage } from "./logged-message.ts";
import type { SeededChance } from "./seeded-chance.ts";
import { isStory, isStoryAnswer } from "./traffic.ts";
import type { WorldClock } from "./world-clock.ts";

export type FailureReason = Extract<Happening, { type: "exchange-failed" }>["reason"];

/** What a request came to: a response, or why there is none. */
export type Outcome = { response: HttpResponse } | { failed: FailureReason };

/** Answers requests that arrive at a host. `ended` is aborted when nobody waits for the answer any more. */
export type Answer = (request: HttpRequest, ended: AbortSignal) => Promise<HttpResponse>;

export type Host = {
  name: HostName;
  role: "homeserver" | "device";
  running: boolean;
  /** Where a device's person lives. */
  home?: HostName;
  person?: string;
  symbol?: string;
  answer?: Answer | undefined;
};

type Exchange = {
  id: ExchangeId;
  from: HostName;
  to: HostName;
  request: HttpRequest;
  story: boolean;
  finish(outcome: Outcome): void;
  /** What was reported of it so far. */
  told: Happening[];
  cancelTimer?: () => void;
  cancelLimit?: () => void;
  ended: AbortController;
};

const over = "The exchange is over";

/** No answer after so long: the asker gives up. Beyond the 80 s that matrix-js-sdk adds to a poll's 30. */
const answerLimit = 120_000;

/** Hosts, the links between them, and what travels there. Everything that happens is reported. */
export class Network {
  readonly links: Links;
  #hosts = new Map<HostName, Host>();
  #exchanges = new Map<ExchangeId, Exchange>();
  #lines = new WeakSet<Link>();
  #nextExchange: ExchangeId;
  #clock: WorldClock;
  #chance: SeededChance;
  #report: (happening: Happening) => void;

  constructor(
    settings: { latency: { device: number; server: number }; firstExchange: ExchangeId },
    clock: WorldClock,
    chance: SeededChance,
    report: (happening: Happening) => void,
  ) {
    this.#nextExchange = settings.firstExchange;
    this.#clock = clock;
    this.#chance = chance;
    this.#report = report;
    this.links = new Links((one, other) =>
      this.#isHome(one, other) ? settings.latency.device : settings.latency.server,
    );
  }

  host(name: HostName): Host | undefined {
    return this.#hosts.get(name);
  }

  hosts(): Host[] {
    return [...this.#hosts.values()];
  }

  add(host: Host): void {
    this.#hosts.set(host.name, host);
    this.#reportHost(host);
    for (const other of this.#hosts.values()) {
      const homeAndDevice = host.home === other.name || other.home === host.name;
      const twoServers = host.role === "homeserver" && other.role === "homeserver" && other !== host;
      if (homeAndDevice || twoServers) this.#reportLink(this.links.between(host.name, other.name));
    }
  }

  /** Reports again all hosts and links, as if they were new. */
  reportAll(): void {
    for (const host of this.#hosts.values()) this.#reportHost(host);
    for (const link of this.lines()) this.#reportLink(link);
  }

  /** The links that were reported: those that a map has as lines. */
  lines(): Link[] {
    return this.links.all().filter((link) => this.#lines.has(link));
  }

  /** Reports again what is under way. */
  reportUnderWay(): void {
    for (const { told } of this.#exchanges.values()) for (const happening of told) this.#report(happening);
  }

  remove(name: HostName): void {
    if (!this.#hosts.delete(name)) return;
    this.#failWhere((exchange) => exchange.from === name || exchange.to === name, "aborted");
    this.links.forget(name);
    this.#report({ type: "host-removed", host: name });
  }

  /** The host stops: nothing arrives there, and what it had in hand is lost. */
  stopHost(name: HostName): void {
    const host = this.#hosts.get(name);
    if (!host?.running) return;
    host.running = false;
    this.#report({ type: "host-stopped", host: name });
    this.#failWhere((exchange) => exchange.from === name, "aborted");
    this.#failWhere((exchange) => exchange.to === name, "host-stopped");
  }

  startHost(name: HostName): void {
    const host = this.#hosts.get(name);
    if (!host || host.running) return;
    host.running = true;
    this.#report({ type: "host-started", host: name });
  }

  setLink(one: HostName, other: HostName, change: LinkChange): void {
    const link = this.links.between(one, other);
    if (change.cut !== undefined) link.cut = change.cut;
    if (change.latency !== undefined) link.latency = Math.max(0, change.latency);
    if (change.loss !== undefined) link.loss = share(change.loss);
    if (change.jitter !== undefined) link.jitter = Math.max(0, change.jitter);
    if (change.duplication !== undefined) link.duplication = share(change.duplication);
    this.#reportLink(link);
    if (!link.cut) return;
    this.#failWhere(
      ({ from, to }) => (from === one && to === other) || (from === other && to === one),
      "link-cut",
    );
  }

  /** Sends a request on its way. Returns what breaks it off. */
  send(from: HostName, request: HttpRequest, finish: (outcome: Outcome) => void): () => void {
    const to = hostNameOf(request.url);
    const story = isStory(request.method, request.url, request.body);
    const exchange: Exchange = {
      id: this.#nextExchange++,
      from,
      to,
      request,
      story,
      finish,
      told: [],
      ended: new AbortController(),
    };
    this.#exchanges.set(exchange.id, exchange);
    const link = this.links.between(from, to);
    const lost = this.#isLost(link);
    const { id } = exchange;
    const latency = this.#latencyOn(link);
    const arrives = this.#clock.now() + latency;
    const logged = loggedMessage(request);
    this.#tell(exchange, { type: "exchange-out", exchange: id, from, to, request: logged, arrives });
    if (!this.#hosts.has(to)) this.links.forget(to);
    exchange.cancelLimit = this.#clock.schedule(
      answerLimit,
      () => this.#fail(exchange, "timed-out"),
      "asker",
    );
    exchange.cancelTimer = this.#clock.schedule(latency, () => {
      if (link.cut) this.#fail(exchange, "link-cut");
      else if (lost) this.#fail(exchange, "lost");
      else this.#arrive(exchange);
    });
    if (this.#happens(link.duplication)) this.#sendTwice(exchange, link);
    if (story) this.#clock.storyMoment();
    return () => this.#fail(exchange, "aborted");
  }

  #isHome(one: HostName, other: HostName): boolean {
    return this.#hosts.get(one)?.home === other || this.#hosts.get(other)?.home === one;
  }

  #isLost(link: Link): boolean {
    return this.#happens(link.loss);
  }

  /** Where something cannot happen nothing is drawn, so that one link's faults leave the chance of others as it is. */
  #happens(share = 0): boolean {
    return share > 0 && this.#chance.fraction() < share;
  }

  #latencyOn({ latency, jitter = 0 }: Link): number {
    return jitter > 0 ? latency + jitter * this.#chance.fraction() : latency;
  }

  /** The request comes once more, and nobody waits for what is answered then. */
  #sendTwice({ to, request }: Exchange, link: Link): void {
    this.#clock.schedule(this.#latencyOn(link), () => {
      const host = this.#hosts.get(to);
      if (!link.cut && host?.running) void host.answer?.(request, new AbortController().signal);
    });
  }

  #reportHost({ name, role, symbol, person, home, running }: Host): void {
    this.#report({
      type: "host-added",
      host: name,
      role,
      ...(symbol !== undefined && { symbol }),
      ...(person !== undefined && { person }),
      ...(home !== undefined && { home }),
      ...(!running && { running }),
    });
    if (!running) this.#report({ type: "host-stopped", host: name });
  }

  #tell(exchange: Exchange, happening: Happening): void {
    exchange.told.push(happening);
    this.#report(happening);
  }

  #reportLink(link: Link): void {
    this.#lines.add(link);
    const { between, ...rest } = link;
    this.#report({ type: "link-changed", between: [...between], ...rest });
  }

  #arrive(exchange: Exchange): void {
    const host = this.#hosts.get(exchange.to);
    if (!host?.running || !host.answer) {
      this.#fail(exchange, host ? "host-stopped" : "no-such-host");
      return;
    }
    this.#tell(exchange, { type: "exchange-held", exchange: exchange.id });
    if (exchange.story) this.#clock.storyMoment();
    void host.answer(exchange.request, exchange.ended.signal).then((response) => {
      if (this.#exchanges.has(exchange.id)) this.#sendBack(exchange, response);
    });
  }

  #sendBack(exchange: Exchange, response: HttpResponse): void {
    const link = this.links.between(exchange.from, exchange.to);
    const { id, request } = exchange;
    const story = isStoryAnswer(request.method, request.url, response);
    const lost = this.#isLost(link);
    const latency = this.#latencyOn(link);
    const arrives = this.#clock.now() + latency;
    this.#report({ type: "exchange-back", exchange: id, response: loggedMessage(response), arrives });
    exchange.cancelTimer = this.#clock.schedule(latency, () => {
      if (link.cut || lost) {
        this.#fail(exchange, link.cut ? "link-cut" : "lost");
        return;
      }
      this.#end(exchange);
      this.#report({ type: "exchange-done", exchange: id });
      if (story) this.#clock.storyMoment();
      exchange.finish({ response });
    });
    if (story) this.#clock.storyMoment();
  }

  #failWhere(matches: (exchange: Exchange) => boolean, reason: FailureReason): void {
    for (const exchange of [...this.#exchanges.values()]) if (matches(exchange)) this.#fail(exchange, reason);
  }

  #fail(exchange: Exchange, reason: FailureReason): void {
    if (!this.#exchanges.has(exchange.id)) return;
    this.#end(exchange);
    this.#report({ type: "exchange-failed", exchange: exchange.id, reason });
    exchange.finish({ failed: reason });
  }

  #end(exchange: Exchange): void {
    this.#exchanges.delete(exchange.id);
    exchange.cancelTimer?.();
    exchange.cancelLimit?.();
    // With a reason of ours the platform makes no error of its own, with its stack, for each exchange.
    exchange.ended.abort(over);
  }
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** The host that an address names: a port leads to another door of the same one. */
function hostNameOf(url: string): HostName {
  return new URL(url).hostname;
}
