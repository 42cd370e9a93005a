import { defaultRoomVersion, type RoomVersionId } from "../protocol/room-versions.ts";

/** What the owner of a homeserver decides. Plain data. */
export type HomeserverSettings = {
  /** The server name: what stands after the colon in its users' ids. */
  name: string;
  /** The 32 bytes that the signing key grows from. */
  signingKeySeed: Uint8Array;
  /** For example `ed25519:1`. */
  keyId: string;
  /** Keys that it signed with before: their signatures of events of that time go on to count. */
  oldSigningKeys?: readonly OldSigningKey[];
  /** Who may make an account: everybody, who has a token, nobody. */
  registration?: "open" | "token" | "closed";
  /** Good for any number of accounts; where registration is open, another way to the same. */
  registrationTokens?: readonly string[];
  /** User ids of those who may lock and suspend others. */
  admins?: readonly string[];
  /** Who knows it makes accounts, administrators' too. Absent: nobody does. */
  registrationSharedSecret?: string;
  /** Who may list a room in the directory: who may set its addresses, or all its members. */
  publishing?: "power" | "members";
  /** What has to be accepted to register, as `m.login.terms` has it. */
  terms?: Terms;
  defaultRoomVersion?: RoomVersionId;
  /** Where clients reach this server, for `.well-known/matrix/client`; absent: not served. */
  clientBaseUrl?: string;
  /** Where other servers reach this one, as `name:port`, for `.well-known/matrix/server`; absent: not served. */
  delegatesTo?: string;
  /** Servers that are asked for the keys of those that are out of reach. */
  notaries?: readonly string[];
  federation?: Partial<FederationLimits>;
  /** Whether to report how states were resolved, with all steps. */
  tellResolutions?: boolean;
  limits?: Partial<Limits>;
  /** Absent: no limits of rate. */
  rateLimits?: RateLimits;
};

/** Policy → version, and in each language where to read it. https://spec.matrix.org/v1.19/client-server-api/#terms-of-service-at-registration */
export type Terms = Record<
  string,
  { version: string } & Record<string, { name: string; url: string } | string>
>;

/** `expired` in milliseconds since 1970. */
export type OldSigningKey = { keyId: string; publicKey: Uint8Array; expired: number };

/** All in milliseconds. */
export type FederationLimits = {
  /** How long another server may take to answer. */
  answerTime: number;
  /**
   * How long somebody who joins, knocks or invites waits while no server for it can be reached: so long it is tried
   * again. 0 where the network itself takes its time before it gives up.
   */
  connectTime: number;
  /** How long to wait before the first of several tries, and the longest wait between two: each is twice the last. */
  firstWait: number;
  longestWait: number;
  /** How long others may rely on this server's keys without asking again. */
  keyLife: number;
};

const federationLimits: FederationLimits = {
  answerTime: 60_000,
  connectTime: 0,
  firstWait: 1000,
  longestWait: 600_000,
  keyLife: 86_400_000,
};

export type Limits = {
  /** The largest JSON body, bytes. */
  bodyBytes: number;
  /** The largest body of another server's request or answer, bytes. */
  federationBytes: number;
  /** The largest upload, bytes. */
  uploadBytes: number;
  /** How long access tokens live if the client can refresh them, milliseconds. */
  accessTokenLife: number;
  /** The most events in one answer, whatever a client asks for. */
  pageSize: number;
  /** The longest that a long poll is held, milliseconds. */
  pollTime: number;
};

/** Requests a second, and how many may come at once. */
export type Rate = { perSecond: number; burst: number };
export type RateLimits = { login?: Rate; registration?: Rate; message?: Rate };

const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  federationBytes: 67_108_864,
  uploadBytes: 52_428_800,
  accessTokenLife: 3_600_000,
  pageSize: 1000,
  pollTime: 120_000,
};

export type FullSettings = Omit<HomeserverSettings, "limits" | "federation"> &
  Required<
    Pick<HomeserverSettings, "registration" | "registrationTokens" | "admins" | "defaultRoomVersion">
  > & {
    limits: Limits;
    federation: FederationLimits;
  };

export function withDefaults(settings: HomeserverSettings): FullSettings {
  return {
    registration: "closed",
    registrationTokens: [],
    admins: [],
    defaultRoomVersion,
    ...settings,
    limits: { ...defaultLimits, ...settings.limits },
    federation: { ...federationLimits, ...settings.federation },
  };
}
