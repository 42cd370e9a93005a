/** When a thing must have happened: after a goal was met, or since the step began. */
export type When = { after?: string; since?: "step" };
