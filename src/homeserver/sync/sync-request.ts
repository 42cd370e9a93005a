import type { Session } from "../accounts/sessions.ts";
import type { Server } from "../server.ts";
import { type EventTest, eventTest, type Filter } from "./event-filter.ts";

/** Under which name, if any, the state after the timeline is wanted instead of that before it. */
export type StateAfterName = "state_after" | "org.matrix.msc4222.state_after";

/** What a client asked `/sync` for. */
export type SyncRequest = {
  session: Session;
  filter: Filter;
  /** The stream position that the client has come to. */
  since: number | undefined;
  /** The position up to which it has the messages to its device, where that is another. */
  messagesSince?: number | undefined;
  fullState: boolean;
  stateAfter: StateAfterName | undefined;
  /** Milliseconds to wait for news. */
  timeout: number;
};

/** One round of answering: how things stand now. */
export type SyncRound = SyncRequest & {
  server: Server;
  userId: string;
  /** The stream position of the answer. */
  until: number;
  /** Milliseconds since 1970. */
  now: number;
  tests: FilterTests;
  /** Those whose messages and invites the user does not want. */
  ignored: ReadonlySet<string>;
  blocksInvites: boolean;
};

/** The filter's parts, read once for all rounds. */
export type FilterTests = Record<
  "timeline" | "state" | "ephemeral" | "roomAccountData" | "accountData" | "presence",
  EventTest
>;

export function filterTests({ room, presence, account_data }: Filter): FilterTests {
  return {
    timeline: eventTest(room?.timeline),
    state: eventTest(room?.state),
    ephemeral: eventTest(room?.ephemeral),
    roomAccountData: eventTest(room?.account_data),
    accountData: eventTest(account_data),
    presence: eventTest(presence),
  };
}
