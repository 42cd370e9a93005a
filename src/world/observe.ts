import type { ClientFact } from "../client/client-fact.ts";
import { isRefusal } from "../protocol/refusal.ts";
import type { LogEntry } from "../simulation/log.ts";
import type { Action } from "./action.ts";
import { addressRequest } from "./address-request.ts";
import type { Observation } from "./observation.ts";
import { noEncryptionSeen, observeEncryption } from "./observing/encryption-observation.ts";
import { clientTold } from "./observing/observe-clients.ts";
import { exchangeEnded, requestSent, responseSent } from "./observing/observe-exchanges.ts";
import { noFederationSeen, observeFederation } from "./observing/observe-federation.ts";
import { noKeysSeen, observeKeys } from "./observing/observe-keys.ts";
import { serverTold } from "./observing/observe-servers.ts";
import type { Watching } from "./observing/watching.ts";

export const emptyObservation: Observation = {
  sequence: -1,
  accounts: {},
  passwords: {},
  devices: {},
  messages: [],
  deeds: [],
  ignored: {},
  shown: [],
  members: {},
  rooms: {},
  foundRooms: [],
  displayNames: {},
  exchanges: [],
  looked: [],
  quizzes: {},
  addresses: {},
  addressesOpened: [],
  links: [],
  hosts: {},
  opening: {},
  toldByServers: {},
  deviceIds: {},
  sentSealed: {},
  ...noEncryptionSeen,
  ...noKeysSeen,
  ...noFederationSeen,
  tried: {},
} as Watching;

/** Takes one more entry into the observation. */
export function observe(before: Observation, entry: LogEntry): Observation {
  const watching = before as Watching;
  return {
    ...watching,
    ...change(watching, entry),
    ...observeEncryption(watching, entry),
    ...observeKeys(watching, entry),
    ...observeFederation(watching, entry),
    sequence: entry.sequence,
  } as Watching;
}

function change(seen: Watching, entry: LogEntry): Partial<Watching> {
  const { sequence } = entry;
  switch (entry.type) {
    case "action":
      return byAction(seen, sequence, entry.action as unknown as Action);
    case "client-fact":
      return clientTold(seen, sequence, entry.host, entry.fact as unknown as ClientFact);
    case "host-fact":
      return serverTold(seen, sequence, entry.fact);
    case "exchange-out":
      return requestSent(seen, entry);
    case "exchange-back":
      return responseSent(seen, sequence, entry.exchange, entry.response);
    case "exchange-failed":
      return exchangeEnded(seen, sequence, entry.exchange, 0);
    case "host-added":
      if (entry.role === "device") {
        const device = entry.host.slice(entry.host.indexOf("/") + 1);
        const person = entry.person ?? "";
        const known = seen.devices[entry.host];
        if (known && !known.lost) return {};
        return {
          devices: {
            ...seen.devices,
            [entry.host]: { sequence, person, device, signedIn: false, lost: false },
          },
        };
      }
      return { hosts: { ...seen.hosts, [entry.host]: { sequence, running: entry.running ?? true } } };
    case "host-removed": {
      const device = seen.devices[entry.host];
      if (!device) return {};
      // Its session at the homeserver stays until somebody ends it.
      return { devices: { ...seen.devices, [entry.host]: { ...device, sequence, lost: true } } };
    }
    case "host-stopped":
    case "host-started":
      return { hosts: { ...seen.hosts, [entry.host]: { sequence, running: entry.type === "host-started" } } };
    case "link-changed": {
      const [one, other] = entry.between;
      const others = seen.links.filter(({ between }) => !(between.includes(one) && between.includes(other)));
      const same = seen.links.find((link) => !others.includes(link));
      if (same?.cut === entry.cut) return {};
      return { links: [...others, { sequence, between: entry.between, cut: entry.cut }] };
    }
    default:
      return {};
  }
}

function byAction(seen: Watching, sequence: number, action: Action): Partial<Watching> {
  switch (action.type) {
    case "signUp":
    case "signIn":
      return { tried: { ...seen.tried, [action.person]: action.password } };
    case "look": {
      const { at } = action;
      const looked =
        "host" in at
          ? { host: at.host }
          : "event" in at
            ? { ...(at.event.id !== undefined && { event: at.event.id }) }
            : { ...(at.exchange.id !== undefined && { exchange: at.exchange.id }) };
      return { looked: [...seen.looked, { sequence, at: looked }] };
    }
    case "answer":
      return { quizzes: { ...seen.quizzes, [action.quiz]: { sequence, answer: action.with } } };
    case "writeAddress":
      return { addresses: { ...seen.addresses, [action.field]: { sequence, text: action.text } } };
    case "openAddress": {
      const request = addressRequest(action.text);
      return isRefusal(request) ? {} : { opening: { ...seen.opening, [request.url]: action.text } };
    }
    default:
      return {};
  }
}
