import type { Clock } from "../ports.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

/** What somebody found wrong with a room, an event or a user. */
export type Report = { by: string; room?: string; event?: string; user?: string; reason: string };

/** What users reported to whoever runs this server. https://spec.matrix.org/v1.19/client-server-api/#reporting-content */
export class Reports {
  readonly #table: Table<Report & { ts: number }>;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#table = store.table<Report & { ts: number }>("reports");
    this.#clock = clock;
  }

  add(report: Report): void {
    this.#table.set(String(this.#table.size + 1), { ...report, ts: this.#clock.now() });
  }
}
