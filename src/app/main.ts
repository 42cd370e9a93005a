import { siteRoot } from "./router.ts";
import { Site } from "./site.ts";
import { whenQuiet } from "./when-quiet.ts";
import { whenWanted } from "./when-wanted.ts";

void new Site(document.getElementById("site")!).start();

if (import.meta.env.PROD) {
  addEventListener("load", async () => {
    await whenQuiet(8000);
    // In a tutorial, what plays it comes first.
    if (document.querySelector(".tutorial")) await whenWanted();
    const { keepForOffline } = await import("./offline.ts");
    await keepForOffline(siteRoot).catch(console.warn);
  });
}
