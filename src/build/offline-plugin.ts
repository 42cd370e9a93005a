import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { root } from "./install.mjs";

/** Comes when a tutorial first needs it, and is kept by what loads it. */
const late = /\.bin$/;
const worker = "offline-worker.js";

/** Tells the service worker what there is to keep: every file of the build, with a mark of its content. */
export function offlinePlugin(): Plugin {
  return {
    name: "homeroom-offline",
    apply: "build",
    config: () => ({
      build: {
        rolldownOptions: {
          input: {
            index: join(root, "index.html"),
            "offline-worker": join(root, "src/app/offline-worker.ts"),
          },
          output: {
            // The worker stands at the top, because it may only answer for what lies below it.
            entryFileNames: ({ name }) => (name === "offline-worker" ? worker : "assets/[name]-[hash].js"),
          },
        },
      },
    }),
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunk = bundle[worker];
        if (chunk?.type !== "chunk") throw new Error(`The build has written no ${worker}`);
        const files = Object.values(bundle).map((file): [string, string | Uint8Array] => [
          file.fileName,
          file.type === "chunk" ? file.code : file.source,
        ]);
        const kept = [...files, ...publicFiles()]
          .filter(([name]) => name !== worker && !name.endsWith(".map") && !late.test(name))
          .map(([url, content]) => ({ url, revision: url.startsWith("assets/") ? null : digest(content) }));
        chunk.code = chunk.code.replace("HOMEROOM_FILES", () => JSON.stringify(kept));
      },
    },
  };
}

function publicFiles(): [string, Uint8Array][] {
  const folder = join(root, "public");
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
