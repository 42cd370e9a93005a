import { siteRoot } from "./router.ts";
import { Site } from "./site.ts";
import { whenQuiet } from "./when-quiet.ts";

void new Site(document.getElementById("site")!).start();

if (import.meta.env.PROD) {
  addEventListener("load", async () => {
    await whenQuiet(8000);
    const { keepForOffline } = await import("./offline.ts");
    await keepForOffline(siteRoot()).catch(console.warn);
  });
}
