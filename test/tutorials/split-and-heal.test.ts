import { proveTutorial } from "./prove-tutorial.ts";

proveTutorial("split-and-heal");
