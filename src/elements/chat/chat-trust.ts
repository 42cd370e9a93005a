import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/encryption-words.ts";
import { type ChatState, userOf } from "./chat-fold.ts";

/** Whether a device of the own account is verified, in words; nothing where nobody can know. */
export function trustTag({ keys, session }: ChatState, device: string): TemplateResult | typeof nothing {
  const me = keys.people.get(userOf(session) ?? "");
  const known = me?.devices.find(({ id }) => id === device);
  if (!known || !me?.identity) return nothing;
  return html`<small class=${known.signed ? "trust good" : "trust"}
    >${say(known.signed ? "keys.tag-verified" : "keys.tag-unverified")}</small
  >`;
}

/** How this user sees a person in a room; nothing where there is no identity to be seen. */
export function personTag({ keys }: ChatState, user: string): string | undefined {
  const identity = keys.people.get(user)?.identity;
  if (!identity) return undefined;
  if (identity.changed || identity.wasVerified) return say("keys.tag-changed");
  return identity.verified ? say("keys.tag-verified") : undefined;
}
