import { proveTutorial } from "./prove-tutorial.ts";

proveTutorial("signatures");
