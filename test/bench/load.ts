import { Agent, request } from "node:http";

/** Sends requests over connections that stay open, each sender waiting for its answer before its next. */
export class Load {
  readonly #agent: Agent;
  readonly #address: URL;

  constructor(address: string, senders: number) {
    this.#address = new URL(address);
    this.#agent = new Agent({ keepAlive: true, maxSockets: senders, maxFreeSockets: senders });
  }

  /** The status and the body of one answer. */
  send(
    method: string,
    path: string,
    body?: object,
    token?: string,
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#address;
      const headers: Record<string, string> = { "content-type": "application/json" };
      if (token !== undefined) headers.authorization = `Bearer ${token}`;
      const asked = request({ hostname, port, method, path, headers, agent: this.#agent }, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      asked.on("error", reject);
      asked.end(body && JSON.stringify(body));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
