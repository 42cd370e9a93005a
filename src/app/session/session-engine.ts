// What a session works with, once there is a world to work in. It comes after the first step can be read.
export { createActor } from "xstate";
export { watchGoals } from "../../tutorial/goals-watch.ts";
export { playParts } from "../../tutorial/play-parts.ts";
export { createStepMachine } from "../../tutorial/step-machine.ts";
