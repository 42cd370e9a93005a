import type { By, UserRef } from "./action-by.ts";

/** What somebody does with their account. */
export type AccountAction =
  | (By & { type: "signUp"; name: string; password: string })
  | (By & { type: "signIn"; name: string; password: string })
  /** Ends this device's session at the server; the device stays in the scene, signed out. */
  | (By & { type: "signOut"; everywhere?: boolean })
  /** Deletes another session of the same account: `target` is a device of the scene. */
  | (By & { type: "endSession"; target: string; password?: string })
  /** Asks the server which sessions the account has. */
  | (By & { type: "listDevices" })
  | (By & { type: "setDisplayName"; name: string })
  /** Hides what somebody says from this account, or shows it again. */
  | (By & { type: "ignore"; user: UserRef; ignored: boolean });
