import { thirdPartyInviteToken } from "../auth-events.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { type Given, type Rule, refuse } from "./rule.ts";

/** The codes of these rules. */
export const refusalCodes = [
  "auth/third-party-invite-banned",
  "auth/third-party-invite-for-another",
  "auth/third-party-invite-incomplete",
  "auth/third-party-invite-of-another",
  "auth/third-party-invite-unknown",
  "auth/third-party-invite-unsigned",
] as const;

/** If content has a third_party_invite property: */
export const inviteByThirdParty: Rule = {
  when: ({ event }) => event.content.third_party_invite !== undefined,
  steps: [
    // If target user is banned, reject.
    ({ event, membership }) =>
      membership(event.state_key!) === "ban"
        ? refuse("auth/third-party-invite-banned", { target: event.state_key! })
        : undefined,
    // If content.third_party_invite does not have a signed property, reject.
    (given) =>
      signedIn(given) ? undefined : refuse("auth/third-party-invite-incomplete", { missing: "signed" }),
    // If signed does not have mxid and token properties, reject.
    (given) => {
      const missing = ["mxid", "token"].find((key) => typeof signedIn(given)![key] !== "string");
      return missing === undefined ? undefined : refuse("auth/third-party-invite-incomplete", { missing });
    },
    // If mxid does not match state_key, reject.
    (given) => {
      const { mxid } = signedIn(given)! as { mxid: string };
      const target = given.event.state_key!;
      return mxid === target ? undefined : refuse("auth/third-party-invite-for-another", { mxid, target });
    },
    // If there is no m.room.third_party_invite event in the current room state with state_key matching token,
    // reject.
    (given) => (inviteOf(given) ? undefined : refuse("auth/third-party-invite-unknown")),
    // If sender does not match sender of the m.room.third_party_invite, reject.
    (given) => {
      const inviter = inviteOf(given)!.sender;
      const { sender } = given.event;
      return sender === inviter
        ? undefined
        : refuse("auth/third-party-invite-of-another", { sender, inviter });
    },
    // If any signature in signed matches any public key in the m.room.third_party_invite event, allow.
    ({ facts }) => (facts.thirdPartyInviteSigned ? "allow" : undefined),
    // Otherwise, reject.
    () => refuse("auth/third-party-invite-unsigned"),
  ],
};

function signedIn({ event }: Given): JsonObject | undefined {
  const invite = event.content.third_party_invite;
  const signed = isJsonObject(invite) ? invite.signed : undefined;
  return isJsonObject(signed) ? signed : undefined;
}

function inviteOf({ event, state }: Given) {
  return state.get("m.room.third_party_invite", thirdPartyInviteToken(event.content)!);
}
