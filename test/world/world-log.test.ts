import { expect } from "chai";
import fc from "fast-check";
import type { Fold, LogEntry } from "../../src/simulation/log.ts";
import { WorldLog } from "../../src/world/world-log.ts";

const names: Fold<readonly string[]> = {
  initial: [],
  step: (state, entry) => (entry.type === "mark" ? [...state, entry.name] : state),
};

function filled(count: number, limit?: number): WorldLog {
  const log = new WorldLog([], 0, limit);
  for (let index = 0; index < count; index++) log.append({ type: "mark", name: String(index) }, index);
  return log;
}

const upTo = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

describe("A world's log", () => {
  it("numbers entries without gaps and never goes back in time", () => {
    const log = new WorldLog();
    log.append({ type: "mark", name: "one" }, 100.7);
    log.append({ type: "mark", name: "two" }, 99);
    expect(log.entries()).to.deep.equal([
      { sequence: 0, at: 100, type: "mark", name: "one" },
      { sequence: 1, at: 100, type: "mark", name: "two" },
    ]);
  });

  it("folds to any moment, also after old entries are gone and after going back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 10, max: 2000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, limit, moments, back) => {
          const log = new WorldLog([], 0, limit);
          log.fold(names);
          for (let index = 0; index < count; index++) {
            log.append({ type: "mark", name: String(index) }, index);
          }
          const check = () => {
            for (const part of moments) {
              const at = log.oldest + Math.floor(part * (log.length - log.oldest));
              expect(log.fold(names, at)).to.deep.equal(upTo(at));
            }
            expect(log.fold(names)).to.deep.equal(upTo(log.length));
          };
          check();
          const length = log.oldest + Math.floor(back * (log.length - log.oldest));
          expect(log.rewind(length)).to.equal(true);
          expect(log.length).to.equal(length);
          check();
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is bounded", () => {
    const log = filled(1000, 100);
    expect(log.length).to.equal(1000);
    expect(log.length - log.oldest).to.be.within(100, 110);
    expect(log.entry(log.oldest)!.sequence).to.equal(log.oldest);
    expect(log.entry(log.oldest - 1)).to.equal(undefined);
    expect(log.rewind(log.oldest - 1)).to.equal(false);
  });

  it("tells of all entries in order, together", async () => {
    const log = new WorldLog();
    const heard: (readonly LogEntry[])[] = [];
    const end = log.subscribe((entries) => void heard.push(entries));
    log.append({ type: "mark", name: "0" }, 0);
    log.append({ type: "mark", name: "1" }, 0);
    await Promise.resolve();
    end();
    log.append({ type: "mark", name: "2" }, 0);
    await Promise.resolve();
    expect(heard.map((entries) => entries.map(({ sequence }) => sequence))).to.deep.equal([[0, 1]]);
  });
});
