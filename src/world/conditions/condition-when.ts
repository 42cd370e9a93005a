/** When a thing must have happened: after a goal was met, since the step began, or since the goals were last looked at. */
export type When = { after?: string; since?: "step" | "look" };
