import type { JsonObject } from "../../protocol/json.ts";
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
  const identifier = auth.identifier as JsonObject | undefined;
  const user = identifier?.user ?? auth.user ?? session.userId;
  if (typeof user !== "string" || typeof auth.password !== "string") {
    return { code: "request/missing-param", facts: { name: "auth.password", place: "body" } };
  }
  const userId = server.accounts.userIdOf(user);
  // Somebody else's password is no answer to whether it is really this user.
  if (userId !== session.userId) return { code: "account/wrong-password", facts: {} };
  return passwordFault(server, userId, auth.password);
}
