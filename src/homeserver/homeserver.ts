import { Accounts } from "./accounts/accounts.ts";
import { InteractiveAuth } from "./accounts/interactive-auth.ts";
import { LoginTokens } from "./accounts/login-tokens.ts";
import { OpenIdTokens } from "./accounts/openid-tokens.ts";
import { RegistrationSecret } from "./accounts/registration-secret.ts";
import { Sessions } from "./accounts/sessions.ts";
import { dispatcher } from "./client-api/dispatch.ts";
import { clientEndpoints } from "./client-api/endpoints.ts";
import { Federation } from "./federation/federation.ts";
import { RemoteSpaces } from "./federation/remote-spaces.ts";
import { SigningKeys } from "./federation/signing-keys.ts";
import { tellOtherServers } from "./federation/tell-other-servers.ts";
import { federationDispatcher, isFederation } from "./federation-api/dispatch.ts";
import { federationEndpoints } from "./federation-api/endpoints.ts";
import { followDevices } from "./keys/follow-devices.ts";
import { followRemoteUsers } from "./keys/follow-remote-users.ts";
import { openKeys } from "./keys/keys.ts";
import { publishChanges } from "./keys/publish-changes.ts";
import { Media } from "./media/media.ts";
import { RemoteMedia } from "./media/remote-media.ts";
import { UrlPreviews } from "./media/url-preview.ts";
import { Notifier } from "./notifier.ts";
import type { HomeserverPorts } from "./ports.ts";
import { tellPushGateways } from "./push/push-gateway.ts";
import { Pushers } from "./push/pushers.ts";
import { UnreadEvents } from "./push/unread.ts";
import { RateLimits } from "./rate-limits.ts";
import { Aliases } from "./room/aliases.ts";
import { Receipts } from "./room/receipts.ts";
import { Reports } from "./room/reports.ts";
import { Rooms } from "./room/rooms.ts";
import { Typing } from "./room/typing.ts";
import type { Server } from "./server.ts";
import { type HomeserverSettings, withDefaults } from "./settings.ts";
import { StoppableClock } from "./stoppable-clock.ts";
import { Store } from "./store/store.ts";
import { Stream } from "./store/stream.ts";
import { keyOf } from "./store/table.ts";
import { Filters } from "./sync/filters.ts";
import { KnownMembers } from "./sync/known-members.ts";
import { AccountData } from "./users/account-data.ts";
import { Inbox } from "./users/inbox.ts";
import { Presence } from "./users/presence.ts";
import { showProfileInRooms } from "./users/profile-in-rooms.ts";
import { Profiles } from "./users/profiles.ts";
import { PushRules } from "./users/push-rules.ts";

/** One Matrix homeserver. */
export interface Homeserver {
  /** The server name. */
  readonly name: string;
  /**
   * Answers a client's request, or another server's. Never rejects.
   * @param from the network address of who asks, where it is known.
   */
  fetch(request: Request, from?: string): Promise<Response>;
  /** Signs with a new key from now on. Resolves to its id. */
  changeSigningKey(): Promise<string>;
  /** Signs with the key that it signs everything with now. */
  sign(bytes: Uint8Array): Promise<{ keyId: string; signature: Uint8Array }>;
  /** Ends long polls and timers; resolves when all that was promised is kept. */
  stop(): Promise<void>;
}

/** Starts a homeserver from what its journal has. */
export async function createHomeserver(
  homeserverSettings: HomeserverSettings,
  givenPorts: HomeserverPorts,
): Promise<Homeserver> {
  const clock = new StoppableClock(givenPorts.clock);
  const ports = { ...givenPorts, clock };
  const settings = withDefaults(homeserverSettings);
  const { name } = settings;
  const store = await Store.open(ports.journal);
  const stream = new Stream(store);
  const notifier = new Notifier(ports.clock, () => store.settled());
  const accounts = new Accounts(name, store, ports);
  const accountData = new AccountData(store, stream, notifier);
  const pushRules = new PushRules(accountData);
  const profiles = new Profiles(store);
  accounts.onCreated((userId) => {
    pushRules.begin(userId);
    profiles.begin(userId);
  });
  const rooms = new Rooms(store, {
    stream,
    notifier,
    isLocal: (userId) => accounts.isLocal(userId),
    erasedAt: (userId) => accounts.get(userId)?.erasedAt,
    report: (fact) => ports.report(fact),
    tellResolutions: settings.tellResolutions ?? false,
  });
  const signingKeys = await SigningKeys.open(settings, store, ports);
  const media = new Media(name, store, ports);
  const receipts = new Receipts(store, stream, notifier);
  const server: Server = {
    name,
    settings,
    ports,
    store,
    stream,
    notifier,
    accounts,
    sessions: new Sessions(store, ports, settings.limits.accessTokenLife),
    interactiveAuth: new InteractiveAuth(ports),
    loginTokens: new LoginTokens(ports),
    registrationSecret: new RegistrationSecret(settings.registrationSharedSecret, ports),
    rateLimits: new RateLimits(settings.rateLimits ?? {}, clock),
    accountData,
    profiles,
    pushRules,
    pushers: new Pushers(store, clock),
    remoteMedia: new RemoteMedia(store),
    media,
    urlPreviews: new UrlPreviews(media, ports),
    presence: new Presence(store, { clock: ports.clock, stream, notifier, rooms }),
    openIdTokens: new OpenIdTokens(store, ports),
    rooms,
    aliases: new Aliases(name, store),
    typing: new Typing(store, { stream, notifier, clock }),
    receipts,
    unread: new UnreadEvents(receipts, pushRules),
    filters: new Filters(store),
    knownMembers: new KnownMembers(),
    inbox: new Inbox(store, { stream, notifier, clock }),
    reports: new Reports(store, ports.clock),
    keys: openKeys(store, { stream, notifier, rooms }),
    signingKeys,
    remoteSpaces: new RemoteSpaces(),
    federation: new Federation(store, { settings, ports, keys: signingKeys, stream }),
  };
  server.profiles.onMemberFieldsChanged((userId) => showProfileInRooms(server, userId));
  server.sessions.onDeviceGone((userId, deviceId) => server.pushers.eraseOf(userId, deviceId));
  receipts.onReceipt((roomId, { user }) => {
    const room = rooms.get(roomId);
    if (room) server.unread.forget(room, user);
  });
  server.sessions.onDeviceGone((userId, deviceId) => {
    server.inbox.empty(userId, deviceId);
    server.knownMembers.forget(keyOf(userId, deviceId));
    // Its long poll ends: there is nobody any more to answer.
    server.notifier.wake([userId]);
  });
  rooms.onEvent((room, { pdu }) => {
    const isGone = pdu.type === "m.room.member" && !room.members.joined.has(pdu.state_key!);
    if (isGone) server.typing.stop(room, pdu.state_key!);
  });
  followDevices(server);
  followRemoteUsers(server);
  tellPushGateways(server);
  server.federation.begin(rooms);
  server.federation.lackingStates.begin(server);
  server.federation.waitingEvents.begin(server);
  tellOtherServers(server);
  // After the events of the rooms: who does not know yet that somebody is there does not follow their devices.
  publishChanges(server);
  const answerClient = dispatcher(server, clientEndpoints);
  const answerServer = federationDispatcher(server, federationEndpoints);
  const fetch = (request: Request, from?: string) =>
    isFederation(request.url) ? answerServer(request) : answerClient(request, from);
  return {
    name,
    fetch,
    changeSigningKey: () => server.signingKeys.change(),
    sign: (bytes) => server.signingKeys.sign(bytes),
    async stop() {
      server.notifier.stop();
      clock.stop();
      // Who asked for what could not be kept was told so.
      await store.settled()?.catch(() => undefined);
    },
  };
}
