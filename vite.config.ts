import { defineConfig } from "vite";
import { browserPackages } from "./src/build/browser-packages.ts";
import { cryptoPlugin } from "./src/build/crypto-plugin.ts";
import { subsetFonts } from "./src/build/fonts.ts";
import { offlinePlugin } from "./src/build/offline-plugin.ts";
import { prerenderPlugin } from "./src/build/prerender-plugin.ts";
import { tutorialPlugin } from "./src/build/tutorial-plugin.ts";

export default defineConfig({
  // Relative, so that the files in dist/ work under any path of any host.
  base: "./",
  appType: "mpa",
  plugins: [tutorialPlugin(), cryptoPlugin(), prerenderPlugin(), offlinePlugin()],
  resolve: { alias: { "homeroom-fonts.css": await subsetFonts() } },
  build: {
    // The last two years. Older targets would also rewrite `light-dark()` so that it ignores dark panels on a light page.
    target: ["chrome131", "edge131", "firefox132", "safari18"],
    // A polyfill would be an inline script or a request before the first word is readable.
    modulePreload: { polyfill: false },
    // One sheet, which each page has inside.
    cssCodeSplit: false,
  },
  worker: { format: "es" },
  // What sources import from packages is bundled before the first request is answered, so that no page
  // reloads because a package was discovered late. The crypto finds its WASM beside its own file.
  optimizeDeps: { include: browserPackages(), exclude: ["@matrix-org/matrix-sdk-crypto-wasm"] },
});
