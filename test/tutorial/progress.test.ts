import { expect } from "chai";
import {
  emptyProgress,
  exportProgress,
  importProgress,
  mergeProgress,
  type Progress,
  withFinish,
  withMark,
  withStep,
} from "../../src/tutorial/progress.ts";

const hello = { id: "hello", version: 1 };
const addresses = { id: "addresses", version: 3 };

describe("progress", () => {
  it("keeps what was done and what was skipped", () => {
    let progress = withMark(emptyProgress, hello, "name", "done", 5);
    progress = withMark(progress, hello, "write", "skipped", 6);
    progress = withStep(progress, hello, "follow", 7);
    expect(progress.tutorials.hello).to.deep.equal({
      version: 1,
      steps: { name: "done", write: "skipped" },
      at: "follow",
      finished: false,
      played: 7,
    });
    expect(emptyProgress.tutorials).to.deep.equal({});
  });

  it("leaves a step done that is skipped another time, and makes a skipped one done", () => {
    const done = withMark(withMark(emptyProgress, hello, "name", "done", 1), hello, "name", "skipped", 2);
    expect(done.tutorials.hello?.steps).to.deep.equal({ name: "done" });
    const later = withMark(withMark(emptyProgress, hello, "name", "skipped", 1), hello, "name", "done", 2);
    expect(later.tutorials.hello?.steps).to.deep.equal({ name: "done" });
  });

  it("comes back from a file as it was", () => {
    const progress = withFinish(withMark(emptyProgress, hello, "name", "done", 5), hello, 6);
    expect(importProgress(exportProgress(progress))).to.deep.equal(progress);
  });

  it("says what a file is that is no progress", () => {
    const text = (value: unknown) => JSON.stringify(value);
    expect(importProgress("no")).to.deep.equal({ fault: "not-json" });
    expect(importProgress("[]")).to.deep.equal({ fault: "not-progress" });
    expect(importProgress(text({ format: "something", version: 1 }))).to.deep.equal({
      fault: "not-progress",
    });
    expect(importProgress(text({ ...emptyProgress, version: 2 }))).to.deep.equal({ fault: "newer" });
    const damaged = {
      ...emptyProgress,
      tutorials: { hello: { version: 1, steps: { name: "did" }, finished: false, played: 1 } },
    };
    expect(importProgress(text(damaged))).to.deep.equal({
      fault: "damaged",
      where: "tutorials.hello.steps.name",
    });
  });

  it("takes both sides' work when two are put together", () => {
    const here: Progress = withMark(withStep(emptyProgress, hello, "write", 9), hello, "name", "skipped", 9);
    const there: Progress = withFinish(
      withMark(withStep(emptyProgress, addresses, "mend", 3), hello, "name", "done", 4),
      hello,
      4,
    );
    const both = mergeProgress(here, there);
    expect(both.tutorials.hello).to.deep.equal({
      version: 1,
      steps: { name: "done" },
      at: "write",
      finished: true,
      played: 9,
    });
    expect(both.tutorials.addresses?.at).to.equal("mend");
  });
});
