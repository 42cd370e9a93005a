import type { Json } from "../../protocol/json.ts";
import { type Answer, ok } from "../http/answer.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

type Kept = { id: string; answer: Json };

/**
 * The last transaction of each server: who asks again for what was done gets the same answer, and nothing is
 * done twice. https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv1sendtxnid
 */
export class ReceivedTransactions {
  readonly #last: Table<Kept>;
  readonly #underWay = new Map<string, Map<string, Promise<Answer>>>();

  constructor(store: Store) {
    this.#last = store.table<Kept>("received-transactions");
  }

  once(origin: string, id: string, receive: () => Promise<Answer>): Promise<Answer> {
    const last = this.#last.get(origin);
    if (last?.id === id) return Promise.resolve(ok(last.answer));
    const running = this.#underWay.get(origin) ?? new Map<string, Promise<Answer>>();
    this.#underWay.set(origin, running);
    let work = running.get(id);
    if (!work) {
      work = receive().then((answer) => {
        if (!(answer instanceof Response)) this.#last.set(origin, { id, answer: answer.body });
        return answer;
      });
      const done = () => {
        running.delete(id);
        if (running.size === 0) this.#underWay.delete(origin);
      };
      work.then(done, done);
      running.set(id, work);
    }
    return work;
  }
}
