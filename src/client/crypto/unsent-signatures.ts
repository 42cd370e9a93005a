import type { MatrixClient } from "matrix-js-sdk";

/**
 * Signatures by which a device vouches for whom it has verified, as bodies of requests: public all of them. The SDK has
 * them in memory alone until its homeserver has taken them, so that a device which is stopped before that would have to
 * verify again.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload
 */
export class UnsentSignatures {
  #bodies: readonly string[];
  #changed: (bodies: readonly string[]) => void;

  /** @param changed is called with those that wait now */
  constructor(bodies: readonly string[], changed: (bodies: readonly string[]) => void) {
    this.#bodies = bodies;
    this.#changed = changed;
  }

  /** Does one of them vouch for this person, or for a device of theirs? */
  vouchFor(user: string): boolean {
    return this.#bodies.some((body) => user in signed(body));
  }

  /** A fetch that keeps signatures until the homeserver has answered. */
  wrap(send: typeof fetch): typeof fetch {
    return async (input, init) => {
      const text = init?.body;
      if (typeof text !== "string" || !String(input).endsWith("/keys/signatures/upload"))
        return send(input, init);
      const body = JSON.stringify(JSON.parse(text));
      const others = (): string[] => this.#bodies.filter((other) => other !== body);
      this.#keep([...others(), body]);
      const response = await send(input, init);
      this.#keep(others());
      return response;
    };
  }

  /** Sends those of an earlier run again. `ended` is told for whom, and whether the homeserver has taken them. */
  async sendAgain(client: MatrixClient, ended: (user: string, taken: boolean) => void): Promise<void> {
    for (const body of this.#bodies) {
      const users = Object.keys(signed(body));
      const failures = await upload(client, body);
      for (const user of users) ended(user, failures !== undefined && !(user in failures));
    }
  }

  #keep(bodies: readonly string[]): void {
    this.#bodies = bodies;
    this.#changed(bodies);
  }
}

/** Whom the homeserver has not taken signatures for; undefined where it has taken none. */
async function upload(client: MatrixClient, body: string): Promise<object | undefined> {
  try {
    const { failures } = await client.http.authedRequest<{ failures?: object }>(
      "POST" as never,
      "/keys/signatures/upload",
      undefined,
      signed(body),
    );
    return failures ?? {};
  } catch {
    return undefined;
  }
}

/** Whom it vouches for: user → device or key → what is signed. */
function signed(body: string): Record<string, object> {
  return JSON.parse(body) as Record<string, object>;
}
