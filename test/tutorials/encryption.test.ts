import { proveTutorial } from "./prove-tutorial.ts";

proveTutorial("encryption");
