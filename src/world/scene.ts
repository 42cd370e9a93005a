import type { ClientKept } from "../client/client-kept.ts";
import type { SavedSync } from "../client/saved-sync.ts";
import type { RoomVersionId } from "../protocol/room-versions.ts";
import type { Happening } from "../simulation/log.ts";
import type { SimulationSnapshot, SimulationStart } from "../simulation/simulation.ts";
import type { ClientManner, DeviceKind } from "./action.ts";
import type { Observation } from "./observation.ts";
import type { Scenario } from "./scenario.ts";
import type { ScriptsKept } from "./script-runner.ts";
import type { Bindings } from "./world.ts";

/** A device in the scene. */
export type SceneDevice = {
  /** `you/laptop` */
  host: string;
  person: string;
  name: string;
  kind: DeviceKind;
  client: ClientManner;
};

/** All of a world but what its hosts keep and its log. Plain data. */
export type Scene = {
  devices: SceneDevice[];
  clients: Record<string, ClientKept>;
  /**
   * Host → what its client has had from its homeserver, where it cannot reach that now. Absent in scenes that were kept
   * before there was such a thing.
   */
  saved?: Record<string, SavedSync>;
  /** Host → the device id of its newest session; a lost device's can still be ended. */
  sessions: Record<string, string>;
  /** Room role → room id. */
  rooms: Record<string, string>;
  /** Person → the recovery key that they have written down. */
  recoveryKeys?: Record<string, string>;
  scripts: ScriptsKept;
  network: Omit<SimulationSnapshot, "contents" | "devices">;
};

export function hostOfDevice(person: string, device: string): string {
  return `${person}/${device}`;
}

/** The scene before anything has happened. */
export function firstScene(scenario: Scenario, now: number): Scene {
  return {
    devices: scenario.people.flatMap(({ id, devices }) =>
      devices.map(({ name, kind, client }) => ({
        host: hostOfDevice(id, name),
        person: id,
        name,
        kind,
        client,
      })),
    ),
    clients: {},
    sessions: {},
    rooms: {},
    scripts: { answered: {}, underWay: [] },
    network: {
      clock: { at: scenario.startsAt ?? now, speed: 1, running: true },
      links: [],
      stopped: [],
      firstExchange: 0,
      drawn: 0,
    },
  };
}

/** The network as it is after something happened there. */
export function networkAfter(network: Scene["network"], happening: Happening): Scene["network"] {
  switch (happening.type) {
    case "exchange-out":
      return { ...network, firstExchange: happening.exchange + 1 };
    case "link-changed": {
      const { type: _type, ...link } = happening;
      const others = network.links.filter(
        ({ between }) => !between.every((end) => link.between.includes(end)),
      );
      return { ...network, links: [...others, link] };
    }
    case "host-stopped":
      return { ...network, stopped: [...new Set([...network.stopped, happening.host])] };
    case "host-started":
      return { ...network, stopped: network.stopped.filter((host) => host !== happening.host) };
    default:
      return network;
  }
}

/** Can the device not reach the server? */
export function isCutOff({ links, stopped }: Scene["network"], device: string, server: string): boolean {
  if (stopped.includes(server)) return true;
  return links.some(({ between, cut }) => cut && between.includes(device) && between.includes(server));
}

/** The server where a person lives, or will. */
export function homeOf(scenario: Scenario, person: string): string {
  return scenario.people.find(({ id }) => id === person)?.at ?? "";
}

/** The hosts and the network of a scene, for a simulation to start. */
export function simulationStart(
  scenario: Scenario,
  { devices, network }: Scene,
): Omit<SimulationStart, "announce" | "storage" | "contents"> {
  return {
    ...network,
    seed: scenario.seed,
    latency: scenario.latency,
    servers: scenario.servers.map(({ roomVersion, ...server }) => ({
      ...server,
      ...(roomVersion !== undefined && { roomVersion: roomVersion as RoomVersionId }),
    })),
    devices: devices.map(({ host, person }) => ({ name: host, person, home: homeOf(scenario, person) })),
  };
}

/** Who and what the roles are. */
export function bindingsOf(
  scenario: Scenario,
  { accounts, displayNames }: Observation,
  { rooms, recoveryKeys = {} }: Pick<Scene, "rooms" | "recoveryKeys">,
): Bindings {
  const people: Record<string, Bindings["people"][string]> = {};
  for (const { id, name, at } of scenario.people) {
    const user = accounts[id]?.user;
    const shown = displayNames[id]?.name ?? name;
    const recoveryKey = recoveryKeys[id];
    people[id] = {
      name: shown,
      server: at,
      ...(user !== undefined && { user }),
      ...(recoveryKey !== undefined && { recoveryKey }),
    };
  }
  return { rooms, people };
}
