import type { Accounts } from "./accounts/accounts.ts";
import type { InteractiveAuth } from "./accounts/interactive-auth.ts";
import type { Sessions } from "./accounts/sessions.ts";
import type { Media } from "./media/media.ts";
import type { Notifier } from "./notifier.ts";
import type { HomeserverPorts } from "./ports.ts";
import type { Aliases } from "./room/aliases.ts";
import type { Receipts } from "./room/receipts.ts";
import type { Rooms } from "./room/rooms.ts";
import type { Typing } from "./room/typing.ts";
import type { FullSettings } from "./settings.ts";
import type { Store } from "./store/store.ts";
import type { Stream } from "./store/stream.ts";
import type { AccountData } from "./users/account-data.ts";
import type { Profiles } from "./users/profiles.ts";
import type { PushRules } from "./users/push-rules.ts";

/** All parts of a running homeserver: what endpoints work with. */
export type Server = {
  name: string;
  settings: FullSettings;
  ports: HomeserverPorts;
  store: Store;
  stream: Stream;
  notifier: Notifier;
  accounts: Accounts;
  sessions: Sessions;
  interactiveAuth: InteractiveAuth;
  accountData: AccountData;
  profiles: Profiles;
  pushRules: PushRules;
  media: Media;
  rooms: Rooms;
  aliases: Aliases;
  typing: Typing;
  receipts: Receipts;
};
