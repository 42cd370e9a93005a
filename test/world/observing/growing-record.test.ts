import { expect } from "chai";
import {
  emptyRecord,
  entriesOf,
  entryOf,
  type GrowingRecord,
  withEntry,
} from "../../../src/world/observing/growing-record.ts";

describe("a record that grows", () => {
  it("has what was put last under each key, and all keys once", () => {
    let record: GrowingRecord<number> = emptyRecord;
    for (let at = 0; at < 1000; at += 1) record = withEntry(record, `${at % 700}`, at);
    expect(entryOf(record, "0")).to.equal(700);
    expect(entryOf(record, "699")).to.equal(699);
    expect(entryOf(record, "700")).to.equal(undefined);
    const entries = entriesOf(record);
    expect(entries).to.have.length(700);
    expect(new Map(entries).get("299")).to.equal(999);
  });

  it("leaves the record before as it was, and shares what is old with it", () => {
    let record: GrowingRecord<number> = emptyRecord;
    for (let at = 0; at < 300; at += 1) record = withEntry(record, `${at}`, at);
    const next = withEntry(record, "5", -1);
    expect(entryOf(record, "5")).to.equal(5);
    expect(entryOf(next, "5")).to.equal(-1);
    expect(next.older).to.equal(record.older);
  });
});
