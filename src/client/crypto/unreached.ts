import type { Json } from "../../protocol/json.ts";
import type { UnreachedDevice } from "./crypto-fact.ts";
import { isSignedByItself } from "./device-signature.ts";

type PerDevice<Value> = Record<string, Record<string, Value>>;
type Claimed = { one_time_keys?: PerDevice<Json>; failures?: object };
type Queried = { device_keys?: PerDevice<Json> };
type Withheld = { messages?: PerDevice<{ code?: string }> };

/**
 * The devices that this one would encrypt for and cannot. The SDK leaves them out without a word; what it asks its
 * homeserver and tells those devices shows which they are, and why.
 */
export class Unreached {
  /** `user device` → why. */
  #devices = new Map<string, UnreachedDevice>();
  /** Why the newest claim of a key did not lead to the device. */
  #claims = new Map<string, UnreachedDevice["why"]>();
  #changed: (devices: UnreachedDevice[]) => void;

  /** @param changed is called with those that there are, when that may have changed */
  constructor(devices: readonly UnreachedDevice[], changed: (devices: UnreachedDevice[]) => void) {
    for (const device of devices) this.#put(device);
    this.#changed = changed;
  }

  /** A fetch that hears what is asked and told about keys. */
  wrap(send: typeof fetch): typeof fetch {
    return async (input, init) => {
      const response = await send(input, init);
      const { pathname } = new URL(String(input));
      const [, what] =
        /\/(keys\/claim|keys\/query|sendToDevice\/m\.room[._][\w.]+)(?:\/|$)/.exec(pathname) ?? [];
      if (what === undefined || !response.ok || typeof init?.body !== "string") return response;
      // An answer of another form than it should have says nothing of devices.
      const heard = this.#hear(what, init.body, response.clone()).catch(() => undefined);
      // Those that got no key are told so right after it.
      if (what === "keys/claim") await heard;
      return response;
    };
  }

  async #hear(what: string, asked: string, response: Response): Promise<void> {
    if (what === "keys/claim") this.#claimed(JSON.parse(asked), await response.json());
    else if (what === "keys/query") await this.#told(await response.json());
    else this.#sent(what, JSON.parse(asked) as Withheld);
  }

  /** Devices whose keys are not their own the SDK takes for devices that are not there. */
  async #told({ device_keys: users = {} }: Queried): Promise<void> {
    for (const [user, devices] of Object.entries(users)) {
      for (const [name, { device }] of this.#of(user)) if (!(device in devices)) this.#devices.delete(name);
      for (const [device, keys] of Object.entries(devices)) {
        const isGood = await isSignedByItself(keys);
        if (isGood === false) this.#put({ user, device, why: "bad-device-keys" });
        else if (this.#devices.get(`${user} ${device}`)?.why === "bad-device-keys")
          this.#devices.delete(`${user} ${device}`);
      }
    }
    this.#tell();
  }

  #of(user: string): [string, UnreachedDevice][] {
    return [...this.#devices].filter(([, each]) => each.user === user);
  }

  #claimed(asked: Claimed, { one_time_keys: given = {}, failures = {} }: Claimed): void {
    for (const [user, devices] of Object.entries(asked.one_time_keys ?? {}))
      for (const device of Object.keys(devices)) {
        const server = user.slice(user.indexOf(":") + 1);
        const isGiven = given[user]?.[device] !== undefined;
        // A key that the device has signed would have been used.
        const why = isGiven ? "bad-signature" : server in failures ? "server-out-of-reach" : "no-keys";
        this.#claims.set(`${user} ${device}`, why);
      }
  }

  #sent(what: string, { messages = {} }: Withheld): void {
    for (const [user, devices] of Object.entries(messages))
      for (const [device, { code }] of Object.entries(devices)) {
        const name = `${user} ${device}`;
        if (what.endsWith("m.room.encrypted")) this.#devices.delete(name);
        // https://spec.matrix.org/v1.19/client-server-api/#mroom_keywithheld
        else if (code === "m.no_olm") this.#put({ user, device, why: this.#claims.get(name) ?? "no-keys" });
      }
    this.#tell();
  }

  #put(device: UnreachedDevice): void {
    this.#devices.set(`${device.user} ${device.device}`, device);
  }

  #tell(): void {
    this.#changed([...this.#devices.values()]);
  }
}
