import { siteRoot } from "./router.ts";
import { Site } from "./site.ts";

void new Site(document.getElementById("site")!).start();

if (import.meta.env.PROD) {
  addEventListener("load", () => {
    const keep = (): void =>
      void import("./offline.ts")
        .then(({ keepForOffline }) => keepForOffline(siteRoot()))
        .catch(console.warn);
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(keep, { timeout: 8000 });
    else setTimeout(keep, 3000);
  });
}
