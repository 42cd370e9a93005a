import { Site } from "./site.ts";

new Site(document.getElementById("site")!).start();
