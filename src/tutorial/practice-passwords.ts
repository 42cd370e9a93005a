import type { Fold } from "../simulation/log.ts";

/** Person → the password that was chosen at sign-up in this practice world. */
export type PracticePasswords = Readonly<Record<string, string>>;

/** Solutions sign in again with what the learner chose, and not with what the tutorial would have. */
export const passwordsFold: Fold<PracticePasswords> = {
  initial: {},
  step(passwords, entry) {
    if (entry.type !== "action" || entry.action.type !== "signUp") return passwords;
    const { password } = entry.action;
    return typeof password === "string" ? { ...passwords, [entry.person]: password } : passwords;
  },
};
