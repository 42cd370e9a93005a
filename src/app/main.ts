import { siteRoot } from "./router.ts";
import { Site } from "./site.ts";
import { whenQuiet } from "./when-quiet.ts";
import { whenWanted } from "./when-wanted.ts";

void new Site(document.getElementById("site")!).start();

if (import.meta.env.PROD) void keepSite();

/** After the first visit the site works with no network. */
async function keepSite(): Promise<void> {
  await whenQuiet(8000);
  // In a tutorial, what plays it comes first.
  if (document.querySelector(".tutorial")) await whenWanted();
  const { keepForOffline } = await import("./offline.ts");
  await keepForOffline(siteRoot).catch(console.warn);
}
