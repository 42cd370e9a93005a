import { expect } from "chai";
import fc from "fast-check";
import { Activity } from "../../src/simulation/activity.ts";
import { type ClockState, WorldClock } from "../../src/simulation/world-clock.ts";
import { ManualTicker } from "./manual-ticker.ts";

function makeClock(speed = 1) {
  const ticker = new ManualTicker();
  const activity = new Activity();
  const states: ClockState[] = [];
  const clock = new WorldClock({ at: 5000, speed }, ticker, activity, (state) => void states.push(state));
  return { ticker, activity, clock, states };
}

describe("A world's clock", () => {
  it("runs what is due in order, each at its own time, whatever the speed", async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(delays, fc.constantFrom(0.5, 1, 3, 10), async (asked, speed) => {
        const { ticker, clock } = makeClock(speed);
        const ran: [index: number, at: number][] = [];
        asked.forEach((delay, index) => {
          clock.schedule(delay, () => void ran.push([index, clock.now()]));
        });
        clock.resume();
        // No stretch is so long that it would be cut.
        for (let passed = 0; passed < 900 / speed + 200; passed += 100) await ticker.pass(100);
        const expected = asked
          .map((delay, index): [number, number] => [index, 5000 + delay])
          .sort(([, one], [, other]) => one - other);
        expect(ran).to.deep.equal(expected);
      }),
      { numRuns: 25 },
    );
  });

  it("does nothing while it is paused", async () => {
    const { ticker, clock } = makeClock();
    let ran = false;
    clock.schedule(100, () => {
      ran = true;
    });
    clock.resume();
    await ticker.pass(50);
    clock.pause();
    await ticker.pass(5000);
    expect(ran).to.equal(false);
    expect(clock.now()).to.equal(5050);
    clock.resume();
    await ticker.pass(50);
    expect(ran).to.equal(true);
  });

  it("counts a long gap of real time as 250 ms", async () => {
    const { ticker, clock } = makeClock();
    clock.resume();
    await ticker.pass(200);
    ticker.sleep(60_000);
    await ticker.pass(0);
    expect(clock.now()).to.equal(5450);
  });

  it("stands still while work is under way", async () => {
    const { ticker, activity, clock } = makeClock();
    const ran: string[] = [];
    let finish = (): void => undefined;
    clock.schedule(10, () => {
      void activity
        .track(
          () =>
            new Promise<void>((resolve) => {
              finish = resolve;
            }),
        )
        .then(() => ran.push("work"));
    });
    clock.schedule(20, () => void ran.push("next"));
    clock.resume();
    await ticker.pass(100);
    expect(ran).to.deep.equal([]);
    finish();
    await ticker.rest();
    expect(ran).to.deep.equal(["work", "next"]);
  });

  it("counts what an asker waits for in real time, and closes it only while it runs", async () => {
    const { ticker, clock } = makeClock(10);
    let closed = false;
    clock.schedule(
      1000,
      () => {
        closed = true;
      },
      "asker",
    );
    clock.resume();
    await ticker.pass(900);
    expect(closed).to.equal(false);
    clock.pause();
    await ticker.pass(500);
    expect(closed).to.equal(false);
    clock.resume();
    await ticker.pass(10);
    expect(closed).to.equal(true);
  });

  it("steps to the next moment of the story and pauses there", async () => {
    const { ticker, clock, states } = makeClock();
    const ran: string[] = [];
    clock.schedule(30, () => void ran.push("quiet"));
    clock.schedule(60, () => {
      ran.push("story");
      clock.storyMoment();
    });
    clock.schedule(60, () => void ran.push("after"));
    let ended = false;
    void clock.step().then(() => {
      ended = true;
    });
    await ticker.pass(200);
    expect(ran).to.deep.equal(["quiet", "story"]);
    expect(ended).to.equal(true);
    expect(states.at(-1)).to.include({ running: false, worldAt: 5060 });
  });

  it("keeps its speed between a tenth and ten", () => {
    const { clock } = makeClock();
    clock.setSpeed(1000);
    expect(clock.state().speed).to.equal(10);
    clock.setSpeed(0);
    expect(clock.state().speed).to.equal(0.1);
  });
});
