import type { FailureReason } from "../simulation/network.ts";
import { failureReason } from "./client-fetch.ts";
import { challengeOf } from "./sign-up.ts";

/** Why something that a person wanted was not done; words for the code are in the catalogue. */
export type RequestRefusal = {
  code: string;
  facts: Record<string, string | number | boolean>;
  errcode?: string;
  /** The field of the form that it is about. */
  field?: string;
};

/** What a server's errcode means while doing something, and which field it is about. */
const meanings: Record<string, Record<string, { code: string; field?: string }>> = {
  signUp: {
    M_USER_IN_USE: { code: "sign-up/name-taken", field: "name" },
    M_INVALID_USERNAME: { code: "sign-up/name-invalid", field: "name" },
    M_EXCLUSIVE: { code: "sign-up/name-reserved", field: "name" },
    M_WEAK_PASSWORD: { code: "sign-up/password-weak", field: "password" },
    M_FORBIDDEN: { code: "sign-up/closed" },
  },
  signIn: {
    M_FORBIDDEN: { code: "sign-in/wrong", field: "password" },
    M_USER_DEACTIVATED: { code: "sign-in/deactivated", field: "name" },
    M_INVALID_USERNAME: { code: "sign-in/wrong", field: "name" },
  },
  createRoom: {
    M_ROOM_IN_USE: { code: "room/alias-taken", field: "alias" },
    M_UNSUPPORTED_ROOM_VERSION: { code: "room/version-unknown", field: "roomVersion" },
  },
  join: {
    M_NOT_FOUND: { code: "room/not-found", field: "room" },
    M_FORBIDDEN: { code: "room/not-invited", field: "room" },
  },
  knock: {
    M_NOT_FOUND: { code: "room/not-found", field: "room" },
    M_FORBIDDEN: { code: "room/may-not-knock", field: "room" },
  },
  createSpace: { M_ROOM_IN_USE: { code: "room/alias-taken", field: "alias" } },
  setRoomAlias: {
    M_UNKNOWN: { code: "room/alias-taken", field: "alias" },
    M_INVALID_PARAM: { code: "room/alias-invalid", field: "alias" },
  },
  searchDirectory: { M_UNKNOWN: { code: "directory/out-of-reach", field: "server" } },
  invite: { M_FORBIDDEN: { code: "room/may-not-invite", field: "user" } },
  send: {
    M_FORBIDDEN: { code: "room/may-not-send" },
    M_TOO_LARGE: { code: "room/message-too-large", field: "text" },
  },
  endSession: { M_FORBIDDEN: { code: "sign-in/wrong", field: "password" } },
};

/** Refusals that mean the same whatever was done. */
const always: Record<string, string> = {
  M_UNKNOWN_TOKEN: "session/ended",
  M_MISSING_TOKEN: "session/ended",
  M_LIMIT_EXCEEDED: "server/too-many-requests",
  M_FORBIDDEN: "server/forbidden",
  M_NOT_FOUND: "server/not-found",
  M_TOO_LARGE: "server/too-large",
};

type ServerError = { errcode: string; httpStatus?: number; data?: { error?: string } };

function isServerError(error: unknown): error is ServerError {
  return typeof error === "object" && error !== null && typeof (error as ServerError).errcode === "string";
}

/**
 * The refusal that an error of a request stands for.
 * @throws the error itself if it is neither the server's answer nor the network's failure: a bug
 */
export function requestRefusal(doing: string, error: unknown): RequestRefusal {
  const reason = failureReason(error);
  if (reason) return networkRefusal(reason);
  if (error instanceof Error && error.name === "AbortError") return networkRefusal("aborted");
  // The homeserver wants a stage that no form of ours has.
  if (doing === "signUp" && challengeOf(error)) return { code: "sign-up/unable", facts: {} };
  if (!isServerError(error)) throw error;
  const { errcode, httpStatus, data } = error;
  // The account's own server answers, and the one that it had to ask does not.
  const other = httpStatus === 504 ? "server/other-out-of-reach" : "server/refused";
  const meaning = meanings[doing]?.[errcode] ?? { code: always[errcode] ?? other };
  return {
    ...meaning,
    errcode,
    facts: { errcode, status: httpStatus ?? 0, error: data?.error ?? "" },
  };
}

export function networkRefusal(reason: FailureReason): RequestRefusal {
  return { code: `network/${reason}`, facts: {} };
}
