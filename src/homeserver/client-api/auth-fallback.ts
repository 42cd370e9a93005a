import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { secretToken } from "../chance.ts";
import { readBytes } from "../http/read-body.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

const path = "/_matrix/client/v3/auth/{authType}/fallback/web";
const query = v.object({ session: v.string() });

/**
 * GET /_matrix/client/v3/auth/{authType}/fallback/web
 * https://spec.matrix.org/v1.19/client-server-api/#fallback
 */
const show = endpoint({
  method: "GET",
  path,
  auth: "none",
  query,
  handle({ server, params, query }) {
    const fault = stageFault(server, params.authType, query.session);
    return fault ?? page(server, formOf(server, params.authType));
  },
});

/** The form of that page comes back here. */
const submit = endpoint({
  method: "POST",
  path,
  auth: "none",
  query,
  async handle({ server, params, query, request }) {
    const fault = stageFault(server, params.authType, query.session);
    if (fault) return fault;
    const bytes = await readBytes(request, server.settings.limits.bodyBytes);
    if (isRefusal(bytes)) return bytes;
    const token = new URLSearchParams(new TextDecoder().decode(bytes)).get("token");
    const isWrong = params.authType === registrationToken && !isToken(server, token);
    if (isWrong) return page(server, `<p>This token is not good.</p>${formOf(server, params.authType)}`);
    return (
      server.interactiveAuth.complete(query.session, params.authType) ?? page(server, "<p>Done.</p>", true)
    );
  },
});

const registrationToken = "m.login.registration_token";
const stages = ["m.login.dummy", "m.login.terms", registrationToken];

function stageFault(server: Server, stage: string, session: string): Refusal | undefined {
  if (!stages.includes(stage)) return { code: "request/not-found", facts: { what: "stage" } };
  return server.interactiveAuth.has(session) ? undefined : { code: "auth-stage/unknown-session", facts: {} };
}

function isToken(server: Server, token: string | null): boolean {
  return token !== null && server.settings.registrationTokens.includes(token);
}

function formOf(server: Server, stage: string): string {
  const fields: Record<string, string> = {
    [registrationToken]: '<p><label>Registration token <input name="token" required></label></p>',
    "m.login.terms": `<p>By going on you accept:</p><ul>${termsOf(server)}</ul>`,
  };
  return `<form method="post">${fields[stage] ?? ""}<button>Go on</button></form>`;
}

function termsOf({ settings }: Server): string {
  return Object.values(settings.terms ?? {})
    .flatMap((policy) => Object.values(policy).filter((words) => typeof words === "object"))
    .map(
      ({ name, url }) =>
        `<li><a href="${escaped(url)}" target="_blank" rel="noopener">${escaped(name)}</a></li>`,
    )
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** @param isDone whether to tell the client that opened the page. */
function page(server: Server, body: string, isDone = false): Response {
  const nonce = secretToken(server.ports.chance);
  const script = `<script nonce="${nonce}">
if (window.onAuthDone) window.onAuthDone();
else if (window.opener && window.opener.postMessage) window.opener.postMessage("authDone", "*");
</script>`;
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(server.name)}</title><body>${body}${isDone ? script : ""}</body></html>`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; script-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'`,
      "x-content-type-options": "nosniff",
    },
  });
}

export const authFallbackEndpoints = [show, submit];
