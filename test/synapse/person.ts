import assert from "node:assert/strict";

/** JSON as a test reads it. */
// biome-ignore lint/suspicious/noExplicitAny: a test that reads a wrong property fails
export type Answer = any;

export type SeenEvent = {
  type: string;
  event_id: string;
  sender: string;
  state_key?: string;
  content: Answer;
  unsigned?: Answer;
};

/** How long something may take to come from the other server, milliseconds. */
const patience = 40_000;

/** Somebody with an account on one of the two servers. */
export class Person {
  readonly id: string;
  /** Where the person's server is; it may come back elsewhere. */
  readonly address: () => string;
  readonly #token: string;
  #since: string | undefined;
  #transaction = 0;

  private constructor(address: () => string, id: string, token: string) {
    this.address = address;
    this.id = id;
    this.#token = token;
  }

  static async register(address: () => string, username: string): Promise<Person> {
    const auth = { type: "m.login.dummy" };
    const body = JSON.stringify({ username, password: "a long password", auth });
    const response = await fetch(new URL("/_matrix/client/v3/register", address()), { method: "POST", body });
    const made = (await response.json()) as Answer;
    assert.equal(response.status, 200, JSON.stringify(made));
    return new Person(address, made.user_id, made.access_token);
  }

  /** The answer to a request below `/_matrix/client/`, whatever it is. */
  async ask(method: string, path: string, body?: object): Promise<{ status: number; body: Answer }> {
    const response = await fetch(new URL(`/_matrix/client/${path}`, this.address()), {
      method,
      headers: { authorization: `Bearer ${this.#token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** The body of an answer that has to be 200. */
  async does(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await this.ask(method, path, body);
    assert.equal(answer.status, 200, `${this.id} ${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Sends an event; resolves to its id. */
  async sends(room: string, type: string, content: object): Promise<string> {
    const path = `v3/rooms/${encodeURIComponent(room)}/send/${type}/t${this.#transaction++}`;
    return (await this.does("PUT", path, content)).event_id;
  }

  async says(room: string, body: string): Promise<string> {
    return this.sends(room, "m.room.message", { msgtype: "m.text", body });
  }

  async sets(room: string, type: string, content: object, stateKey = ""): Promise<string> {
    const path = `v3/rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(stateKey)}`;
    return (await this.does("PUT", path, content)).event_id;
  }

  async stateOf(room: string, type: string, stateKey = ""): Promise<Answer> {
    const path = `v3/rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(stateKey)}`;
    return (await this.ask("GET", path)).body;
  }

  async joins(roomOrAlias: string, ...via: string[]): Promise<string> {
    const query = via.map((server) => `via=${server}&server_name=${server}`).join("&");
    return (await this.does("POST", `v3/join/${encodeURIComponent(roomOrAlias)}?${query}`, {})).room_id;
  }

  /** Resolves to the mxc URI. */
  async uploads(bytes: Buffer<ArrayBuffer>, type: string): Promise<string> {
    const response = await fetch(new URL("/_matrix/media/v3/upload", this.address()), {
      method: "POST",
      headers: { authorization: `Bearer ${this.#token}`, "content-type": type },
      body: bytes,
    });
    return ((await response.json()) as Answer).content_uri;
  }

  async downloads(uri: string): Promise<{ bytes: Buffer; type: string | null }> {
    const path = `/_matrix/client/v1/media/download/${uri.slice("mxc://".length)}`;
    const response = await fetch(new URL(path, this.address()), {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    assert.equal(response.status, 200, `${this.id} downloads ${uri}: ${await response.clone().text()}`);
    return { bytes: Buffer.from(await response.arrayBuffer()), type: response.headers.get("content-type") };
  }

  /** `type` → `state_key` → event id. */
  async wholeState(room: string): Promise<Record<string, string>> {
    const events: SeenEvent[] = await this.does("GET", `v3/rooms/${encodeURIComponent(room)}/state`);
    return Object.fromEntries(
      events.map(({ type, state_key, event_id }) => [`${type} ${state_key}`, event_id]).sort(),
    );
  }

  /** All messages of a room that the server has or can get, the oldest first. */
  async messages(room: string): Promise<SeenEvent[]> {
    const found: SeenEvent[] = [];
    let from: string | undefined;
    for (let page = 0; page < 20; page++) {
      const query = `dir=b&limit=100${from === undefined ? "" : `&from=${encodeURIComponent(from)}`}`;
      const { chunk, end } = await this.does("GET", `v3/rooms/${encodeURIComponent(room)}/messages?${query}`);
      found.push(...chunk);
      if (end === undefined || chunk.length === 0) break;
      from = end;
    }
    return found.filter(({ type }) => type === "m.room.message").reverse();
  }

  /** Syncs until what came fulfils the wish. */
  async until(wish: (sync: Answer) => unknown, what = "what was expected"): Promise<void> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      const since = this.#since === undefined ? "" : `&since=${encodeURIComponent(this.#since)}`;
      const sync = await this.does("GET", `v3/sync?timeout=1000${since}`);
      this.#since = sync.next_batch;
      if (wish(sync)) return;
    }
    assert.fail(`${this.id} did not see ${what} in ${patience} ms`);
  }

  /** Waits for an event of a room. */
  async sees(room: string, wish: (event: SeenEvent) => unknown, what?: string): Promise<void> {
    await this.until((sync) => {
      const joined = sync.rooms?.join?.[room];
      const events = [...(joined?.timeline?.events ?? []), ...(joined?.state?.events ?? [])];
      return events.some(wish);
    }, what);
  }

  async seesMessage(room: string, body: string): Promise<void> {
    await this.sees(room, ({ content }) => content?.body === body, `"${body}"`);
  }

  async isInvited(room: string): Promise<void> {
    await this.until((sync) => sync.rooms?.invite?.[room], `an invite to ${room}`);
  }

  /** Waits until somebody's membership is so, as this person's server has it. */
  async knows(room: string, { id }: Person, membership: string): Promise<void> {
    await this.comesTo(
      async () => (await this.stateOf(room, "m.room.member", id)).membership === membership,
      `${id} to be ${membership}, as ${this.id} has it`,
    );
  }

  /** Asks again and again until it is so. */
  async comesTo(check: () => Promise<unknown>, what: string): Promise<void> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      if (await check()) return;
      // A sync that waits for news is a pause as long as nothing happens.
      const since = this.#since === undefined ? "" : `&since=${encodeURIComponent(this.#since)}`;
      this.#since = (await this.does("GET", `v3/sync?timeout=300${since}`)).next_batch;
    }
    assert.fail(`It did not come to ${what} in ${patience} ms`);
  }
}
