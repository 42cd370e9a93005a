import { expect } from "chai";
import { deleteDB } from "idb";
import type { JournalRecord } from "../../../src/homeserver/ports.ts";
import type { HostStorage } from "../../../src/simulation/storage.ts";
import { indexedDbStorage } from "../../../src/world/storage/indexeddb-storage.ts";

const host = "garden.example";

async function read(storage: HostStorage): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of storage.journal(host).read()) records.push(record);
  return records;
}

describe("Hosts' data in IndexedDB", () => {
  let name = "";
  beforeEach(() => {
    name = `test/${crypto.randomUUID()}`;
  });
  afterEach(() => deleteDB(name));

  it("comes back in the order of the last writing, without what was deleted", async () => {
    const storage = await indexedDbStorage(name);
    const journal = storage.journal(host);
    await journal.append([
      { table: "rooms", key: "b", value: 1 },
      { table: "rooms", key: "a", value: { deep: [null, "x"] } },
    ]);
    await journal.append([
      { table: "rooms", key: "b", value: 2 },
      { table: "users", key: "a", value: 3 },
    ]);
    await journal.append([{ table: "users", key: "a" }]);
    await storage.journal("harbor.example").append([{ table: "rooms", key: "a", value: "other" }]);
    storage.close();
    const again = await indexedDbStorage(name);
    expect(await read(again)).to.deep.equal([
      { table: "rooms", key: "a", value: { deep: [null, "x"] } },
      { table: "rooms", key: "b", value: 2 },
    ]);
    await again.journal(host).append([{ table: "rooms", key: "a", value: 4 }]);
    expect((await read(again)).map(({ key }) => key)).to.deep.equal(["b", "a"]);
    again.close();
  });

  it("keeps the bytes of media", async () => {
    const storage = await indexedDbStorage(name);
    const media = storage.media(host);
    await media.put("cat", new Uint8Array([1, 2, 3]));
    expect(await media.get("cat")).to.deep.equal(new Uint8Array([1, 2, 3]));
    await media.delete("cat");
    expect(await media.get("cat")).to.equal(undefined);
    storage.close();
  });

  it("goes on in memory when the storage is taken away", async () => {
    const storage = await indexedDbStorage(name);
    await storage.journal(host).append([{ table: "rooms", key: "a", value: 1 }]);
    storage.close();
    await storage.journal(host).append([{ table: "rooms", key: "b", value: 2 }]);
    expect((await storage.contents(host)).records.map(({ key }) => key)).to.include("b");
  });
});
