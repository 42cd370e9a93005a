import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { secretToken } from "../chance.ts";
import type { JsonAnswer } from "../http/answer.ts";
import { errorAnswer } from "../http/errors.ts";
import type { Chance, Clock } from "../ports.ts";

/** What an operation asks of its caller, again and again until a flow is complete. */
export type AuthRequest = {
  /** Method and path, and who asks: a session is good for the operation that it began with. */
  operation: string;
  /** Ways to go, each a list of stages in order. */
  flows: readonly (readonly string[])[];
  /** Stage → what a client needs to know for it. */
  params?: JsonObject;
  /** Checks one stage; a refusal lets the client try again. */
  check(stage: string, auth: JsonObject): Refusal | undefined | Promise<Refusal | undefined>;
};

/** The flow is complete; `body` is the request's with what earlier requests of the session said. */
export type Authenticated = { body: JsonObject; completed: readonly string[]; session: string };

/** Whose account a session made, and the device that was signed in with it. */
export type Registered = { userId: string; deviceId?: string };

type AuthSession = { operation: string; completed: string[]; body: JsonObject; endsAt: number };

/**
 * User-interactive authentication. Its sessions live in memory only: they hold passwords as typed.
 * https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
 */
export class InteractiveAuth {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #sessions = new Map<string, AuthSession>();
  /** Session that is over → what it registered. */
  readonly #registered = new Map<string, Registered & { endsAt: number }>();

  constructor({ clock, chance }: { clock: Clock; chance: Chance }) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Goes one step on: the operation may be done, or the answer says what is still to do. */
  async authenticate(body: JsonObject, request: AuthRequest): Promise<Authenticated | JsonAnswer | Refusal> {
    const { auth: given, ...rest } = body;
    const auth = isJsonObject(given) ? given : undefined;
    const known = this.#find(auth?.session, request.operation);
    if (isRefusal(known)) return known;
    const [id, session] = known ?? this.#start(request.operation, rest);
    session.body = { ...session.body, ...rest };
    if (auth?.type !== undefined) {
      const fault = await this.#take(session, auth, request);
      if (fault) return this.#challenge(id, session, request, fault);
    }
    if (!isComplete(session.completed, request.flows)) return this.#challenge(id, session, request);
    this.#sessions.delete(id);
    return { body: session.body, completed: session.completed, session: id };
  }

  /** Remembers what a session was good for, so that who did not get the answer can ask again. */
  noteRegistered(id: string, registered: Registered): void {
    const now = this.#clock.now();
    for (const [known, { endsAt }] of this.#registered) {
      if (endsAt >= now && this.#registered.size < mostSessions) break;
      this.#registered.delete(known);
    }
    this.#registered.set(id, { ...registered, endsAt: now + sessionLife });
  }

  /** What a session registered that is over. */
  registeredBy(id: string | undefined): Registered | undefined {
    const found = id === undefined ? undefined : this.#registered.get(id);
    return found && found.endsAt >= this.#clock.now() ? found : undefined;
  }

  /** Marks a stage done that a web page took care of. */
  complete(id: string, stage: string): Refusal | undefined {
    const session = this.#sessions.get(id);
    if (!session || session.endsAt < this.#clock.now()) return unknownSession;
    if (!session.completed.includes(stage)) session.completed.push(stage);
    return undefined;
  }

  has(id: string): boolean {
    return this.#sessions.has(id);
  }

  #find(id: Json | undefined, operation: string): [string, AuthSession] | Refusal | undefined {
    if (id === undefined) return undefined;
    const session = typeof id === "string" ? this.#sessions.get(id) : undefined;
    if (!session || session.endsAt < this.#clock.now()) return unknownSession;
    if (session.operation !== operation) return { code: "auth-stage/other-operation", facts: {} };
    return [id as string, session];
  }

  #start(operation: string, body: JsonObject): [string, AuthSession] {
    const now = this.#clock.now();
    for (const [id, { endsAt }] of this.#sessions) {
      if (endsAt >= now && this.#sessions.size < mostSessions) break;
      this.#sessions.delete(id);
    }
    const session = { operation, completed: [], body, endsAt: now + sessionLife };
    const id = secretToken(this.#chance);
    this.#sessions.set(id, session);
    return [id, session];
  }

  async #take(session: AuthSession, auth: JsonObject, request: AuthRequest): Promise<Refusal | undefined> {
    const stage = String(auth.type);
    const { completed } = session;
    if (completed.includes(stage)) return undefined;
    const isNext = request.flows.some(
      (flow) => flow[completed.length] === stage && completed.every((done, index) => flow[index] === done),
    );
    if (!isNext) return { code: "auth-stage/not-next", facts: { stage } };
    const fault = await request.check(stage, auth);
    if (!fault && !completed.includes(stage)) completed.push(stage);
    return fault;
  }

  #challenge(id: string, session: AuthSession, request: AuthRequest, fault?: Refusal): JsonAnswer {
    const error = fault && (errorAnswer(fault).body as JsonObject);
    return {
      status: 401,
      body: {
        ...error,
        completed: session.completed,
        flows: request.flows.map((stages) => ({ stages: [...stages] })),
        params: request.params ?? {},
        session: id,
      },
    };
  }
}

const unknownSession: Refusal = { code: "auth-stage/unknown-session", facts: {} };
const sessionLife = 86_400_000;
const mostSessions = 10_000;

function isComplete(completed: readonly string[], flows: AuthRequest["flows"]): boolean {
  return flows.some((flow) => flow.every((stage) => completed.includes(stage)));
}
