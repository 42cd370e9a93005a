import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { setCatchHandler } from "workbox-routing";

// Keeps the whole site, so that after the first visit it works with no network. The build writes the list of
// files into this one.
declare const self: {
  __WB_DISABLE_DEV_LOGS: boolean;
  skipWaiting(): Promise<void>;
  addEventListener(type: "message", heard: (event: MessageEvent<unknown>) => void): void;
};
declare const HOMEROOM_FILES: { url: string; revision: string | null }[];

self.__WB_DISABLE_DEV_LOGS = true;
cleanupOutdatedCaches();
precacheAndRoute(HOMEROOM_FILES, { ignoreURLParametersMatching: [/./] });
setCatchHandler(async ({ request }) => {
  const page = request.mode === "navigate" ? await matchPrecache("404.html") : undefined;
  return page ?? Response.error();
});
clientsClaim();

// A newer version takes over when a page begins anew, never under a page that has begun.
self.addEventListener("message", ({ data }) => {
  if (data === "take-over") void self.skipWaiting();
});
