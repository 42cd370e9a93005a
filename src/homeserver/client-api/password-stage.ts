import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { isAnswer, type JsonAnswer } from "../http/answer.ts";
import type { Server } from "../server.ts";
import { passwordFault } from "./login.ts";

/**
 * Lets an operation through once its user has given the password.
 * https://spec.matrix.org/v1.19/client-server-api/#password-based
 * @returns the body of the operation, or what is still to be answered.
 */
export async function withPassword<Body extends object>(
  server: Server,
  session: Session,
  operation: string,
  body: Body,
): Promise<{ body: Body } | JsonAnswer | Refusal> {
  const claimed = claimedUser(body as JsonObject);
  // Somebody else's password is no answer to whether it is really this user.
  if (claimed !== undefined && server.accounts.userIdOf(claimed) !== session.userId) {
    return { code: "request/forbidden", facts: {} };
  }
  const authenticated = await server.interactiveAuth.authenticate(body as JsonObject, {
    operation: `${operation} ${session.userId}`,
    flows: [["m.login.password"]],
    check: (_stage, auth) => stageFault(server, session, auth),
  });
  if (isAnswer(authenticated) || isRefusal(authenticated)) return authenticated as JsonAnswer | Refusal;
  return { body: authenticated.body as Body };
}

function stageFault(
  server: Server,
  session: Session,
  auth: JsonObject,
): Refusal | Promise<Refusal | undefined> {
  if (typeof auth.password !== "string") {
    return { code: "request/missing-param", facts: { name: "auth.password", place: "body" } };
  }
  return passwordFault(server, session.userId, auth.password);
}

/** Whose password it is, as the client says. */
function claimedUser({ auth }: JsonObject): string | undefined {
  if (!isJsonObject(auth)) return undefined;
  const user = (isJsonObject(auth.identifier) ? auth.identifier.user : undefined) ?? auth.user;
  return typeof user === "string" ? user : undefined;
}
