import type { Refusal } from "../../protocol/refusal.ts";
import { chanceText, secretToken, upperCase } from "../chance.ts";
import type { Chance, Clock } from "../ports.ts";
import type { Store } from "../store/store.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

/** Who sends a request: an access token's user and device. */
export type Session = { userId: string; deviceId: string; token: string };

export type Device = {
  displayName?: string;
  createdAt: number;
  /** A few minutes old at most. */
  lastSeen?: number;
  /** Network address that it was last seen at. */
  lastAddress?: string;
  /** What it said then that it is, as `User-Agent`. */
  lastAgent?: string;
};

/** `from` is the refresh token that it came of, until it is first used. */
type AccessToken = { userId: string; deviceId: string; expiresAt?: number; from?: string };

/** `access` was issued with it; `next` is the pair that came of it, unused so far. */
type RefreshToken = { userId: string; deviceId: string; access: string; next?: Pair; from?: string };
type Pair = { access: string; refresh: string };

/** What the wire says of a new session. */
export type Tokens = { access_token: string; refresh_token?: string; expires_in_ms?: number };

/** How old `lastSeen` may get, milliseconds: not every request is worth a record. */
const freshness = 5 * 60_000;

/** Devices and the tokens that speak for them. A user's devices are those that are signed in. */
export class Sessions {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #life: number;
  readonly #devices: Table<Device>;
  readonly #access: Table<AccessToken>;
  readonly #refresh: Table<RefreshToken>;
  readonly #devicesOf = new Map<string, Set<string>>();
  /** User and device → tokens of either kind. */
  readonly #tokensOf = new Map<string, Set<string>>();
  readonly #goneListeners: ((userId: string, deviceId: string) => void)[] = [];
  readonly #changeListeners: ((userId: string, deviceId: string) => void)[] = [];

  constructor(store: Store, { clock, chance }: { clock: Clock; chance: Chance }, accessTokenLife: number) {
    this.#clock = clock;
    this.#chance = chance;
    this.#life = accessTokenLife;
    this.#devices = store.table<Device>("devices");
    this.#access = store.table<AccessToken>("access-tokens");
    this.#refresh = store.table<RefreshToken>("refresh-tokens");
    for (const [key] of this.#devices.entries()) {
      const [userId, deviceId] = partsOf(key, 2);
      setIn(this.#devicesOf, userId!).add(deviceId!);
    }
    for (const table of [this.#access, this.#refresh]) {
      for (const [token, { userId, deviceId }] of table.entries()) {
        setIn(this.#tokensOf, keyOf(userId, deviceId)).add(token);
      }
    }
  }

  /** Calls back when a device is gone, so that what was kept for it goes too. */
  onDeviceGone(listener: (userId: string, deviceId: string) => void): void {
    this.#goneListeners.push(listener);
  }

  /** Calls back when there is a new device, or one has another name. */
  onDeviceChanged(listener: (userId: string, deviceId: string) => void): void {
    this.#changeListeners.push(listener);
  }

  /** Whose token it is. */
  find(token: string): Session | Refusal {
    const found = this.#access.get(token);
    if (!found) return { code: "request/unknown-token", facts: {} };
    if (found.expiresAt !== undefined && found.expiresAt <= this.#clock.now()) {
      return { code: "request/unknown-token", facts: { soft_logout: true } };
    }
    if (found.from !== undefined) this.#adopt(found.from);
    return { userId: found.userId, deviceId: found.deviceId, token };
  }

  /**
   * Signs a device in, a new one or one that comes back: then its earlier tokens end.
   * @param refreshable whether the client can refresh tokens.
   * @param from the network address of who asks, where it is known.
   */
  start(
    userId: string,
    {
      deviceId = chanceText(this.#chance, 10, upperCase),
      displayName,
      refreshable = false,
      from,
    }: {
      deviceId?: string | undefined;
      displayName?: string | undefined;
      refreshable?: boolean | undefined;
      from?: string | undefined;
    },
  ): Tokens & { device_id: string } {
    const key = keyOf(userId, deviceId);
    if (this.#devices.has(key)) this.#endTokens(key);
    else this.addDevice(userId, deviceId, displayName);
    this.seen({ userId, deviceId }, from);
    return { ...this.#issue(userId, deviceId, { refreshable }), device_id: deviceId };
  }

  /** A device asked for something. */
  seen(
    { userId, deviceId }: Pick<Session, "userId" | "deviceId">,
    from: string | undefined,
    agent?: string,
  ): void {
    const key = keyOf(userId, deviceId);
    const device = this.#devices.get(key);
    if (!device) return;
    const { lastSeen = Number.NEGATIVE_INFINITY, lastAddress, lastAgent } = device;
    const now = this.#clock.now();
    const isSame = (from ?? lastAddress) === lastAddress && (agent ?? lastAgent) === lastAgent;
    if (isSame && now - lastSeen < freshness) return;
    this.#devices.set(key, {
      ...device,
      lastSeen: now,
      ...(from !== undefined && { lastAddress: from }),
      ...(agent !== undefined && { lastAgent: agent }),
    });
  }

  /** A new device, at which nobody is signed in yet. */
  addDevice(userId: string, deviceId: string, displayName: string | undefined): void {
    this.#devices.set(keyOf(userId, deviceId), {
      createdAt: this.#clock.now(),
      ...(displayName !== undefined && { displayName }),
    });
    setIn(this.#devicesOf, userId).add(deviceId);
    for (const listener of this.#changeListeners) listener(userId, deviceId);
  }

  /**
   * A new pair of tokens for a refresh token, which stays good until one of the new ones is used: an answer
   * that was lost can be asked for again. https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens
   */
  refresh(token: string): Tokens | Refusal {
    const found = this.#refresh.get(token);
    if (!found) return { code: "account/unknown-refresh-token", facts: {} };
    if (found.from !== undefined) this.#adopt(found.from);
    const { userId, deviceId, access, next } = found;
    if (next) this.#forget(keyOf(userId, deviceId), [next.access, next.refresh]);
    const tokens = this.#issue(userId, deviceId, { refreshable: true, from: token });
    const issued = { access: tokens.access_token, refresh: tokens.refresh_token! };
    this.#refresh.set(token, { userId, deviceId, access, next: issued });
    return tokens;
  }

  device(userId: string, deviceId: string): Device | undefined {
    return this.#devices.get(keyOf(userId, deviceId));
  }

  devicesOf(userId: string): string[] {
    return [...(this.#devicesOf.get(userId) ?? [])];
  }

  renameDevice(userId: string, deviceId: string, displayName: string): void {
    const key = keyOf(userId, deviceId);
    const device = this.#devices.get(key);
    if (!device || device.displayName === displayName) return;
    this.#devices.set(key, { ...device, displayName });
    for (const listener of this.#changeListeners) listener(userId, deviceId);
  }

  /** Signs a device out for good. */
  endDevice(userId: string, deviceId: string): void {
    const key = keyOf(userId, deviceId);
    if (!this.#devices.has(key)) return;
    this.#endTokens(key);
    this.#devices.delete(key);
    this.#devicesOf.get(userId)?.delete(deviceId);
    for (const listener of this.#goneListeners) listener(userId, deviceId);
  }

  /** The successors of a refresh token are in use, so it ends, with the access token that it came with. */
  #adopt(token: string): void {
    const found = this.#refresh.get(token);
    if (!found?.next) return;
    const { access, refresh } = found.next;
    const { from: _, ...accessRest } = this.#access.get(access)!;
    this.#access.set(access, accessRest);
    const { from: __, ...refreshRest } = this.#refresh.get(refresh)!;
    this.#refresh.set(refresh, refreshRest);
    this.#forget(keyOf(found.userId, found.deviceId), [token, found.access]);
  }

  #issue(userId: string, deviceId: string, rule: { refreshable: boolean; from?: string }): Tokens {
    const [access, refresh] = [secretToken(this.#chance), secretToken(this.#chance)];
    const { from } = rule;
    const owner = { userId, deviceId, ...(from !== undefined && { from }) };
    const tokens = setIn(this.#tokensOf, keyOf(userId, deviceId)).add(access);
    if (!rule.refreshable) {
      this.#access.set(access, owner);
      return { access_token: access };
    }
    tokens.add(refresh);
    this.#access.set(access, { ...owner, expiresAt: this.#clock.now() + this.#life });
    this.#refresh.set(refresh, { ...owner, access });
    return { access_token: access, refresh_token: refresh, expires_in_ms: this.#life };
  }

  #endTokens(key: string): void {
    this.#forget(key, [...(this.#tokensOf.get(key) ?? [])]);
  }

  #forget(key: string, tokens: readonly string[]): void {
    for (const token of tokens) {
      this.#access.delete(token);
      this.#refresh.delete(token);
      this.#tokensOf.get(key)?.delete(token);
    }
  }
}

function setIn(map: Map<string, Set<string>>, key: string): Set<string> {
  let set = map.get(key);
  if (!set) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}
