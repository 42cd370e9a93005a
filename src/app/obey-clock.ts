import type { ClockCommand } from "../elements/time/time-events.ts";
import type { WorldClock } from "../world/world.ts";

/** Does with a world's clock what the time bar asks. */
export function obeyClock(clock: WorldClock, command: ClockCommand): void {
  if (command.do === "speed") clock.setSpeed(command.speed);
  else if (command.do === "pause") clock.pause();
  else if (command.do === "resume") clock.resume();
  else clock.step().catch((error: unknown) => console.error(error));
}
