import { proveTutorial } from "./prove-tutorial.ts";

proveTutorial("room-graph");
