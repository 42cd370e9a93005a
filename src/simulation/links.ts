import type { HostName } from "./log.ts";

/** A line between two hosts. Latency in milliseconds of world time, one way; loss from 0 to 1. */
export type Link = {
  between: [HostName, HostName];
  cut: boolean;
  latency: number;
  loss: number;
  /** By how much at most a packet is slower than `latency`, milliseconds: so one may overtake another. */
  jitter?: number;
  /** How many of the requests arrive twice, from 0 to 1. */
  duplication?: number;
};

/** What can be changed of a link. */
export type LinkChange = Partial<Omit<Link, "between">>;

function keyOf(one: HostName, other: HostName): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** The lines of a network. Each pair of hosts has one from when it is first asked for. */
export class Links {
  #links = new Map<string, Link>();
  #latencyBetween: (one: HostName, other: HostName) => number;

  constructor(latencyBetween: (one: HostName, other: HostName) => number) {
    this.#latencyBetween = latencyBetween;
  }

  all(): Link[] {
    return [...this.#links.values()];
  }

  between(one: HostName, other: HostName): Link {
    const key = keyOf(one, other);
    let link = this.#links.get(key);
    if (!link) {
      link = { between: [one, other], cut: false, latency: this.#latencyBetween(one, other), loss: 0 };
      this.#links.set(key, link);
    }
    return link;
  }

  forget(host: HostName): void {
    for (const [key, link] of this.#links) if (link.between.includes(host)) this.#links.delete(key);
  }
}
