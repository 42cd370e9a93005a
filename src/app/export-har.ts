import type { World } from "../world/world.ts";
import { download } from "./download.ts";

/** Gives all requests of a world to the learner, as a HAR file. */
export async function exportHar({ log }: World, name: string, secrets: boolean): Promise<void> {
  const [{ harOf }, { inspectorFold }] = await Promise.all([
    import("../elements/log/har.ts"),
    import("../elements/inspector/inspector-fold.ts"),
  ]);
  const { exchanges, exchangeOrder } = log.fold(inspectorFold);
  const inOrder = [...exchangeOrder.items()].flatMap((id) => exchanges.get(String(id)) ?? []);
  const har = harOf(inOrder, { secrets });
  download(name, new Blob([JSON.stringify(har)], { type: "application/json" }));
}
