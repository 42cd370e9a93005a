import { proveTutorial } from "./prove-tutorial.ts";

proveTutorial("client-and-server");
