import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rolldown } from "vite";
import { root } from "./install.mjs";

/**
 * Puts the style sheet and the scripts that run before the first paint into the page itself, which spares a
 * way to the server and back. The page's policy names each by its hash, and allows no other.
 * @param up the way from the page to the site's root
 */
export function inlineParts(html: string, bundle: Rolldown.OutputBundle, up: string): string {
  return html
    .replace(/<link rel="stylesheet"[^>]* href="\.\/([^"]+\.css)">/, (_link, name: string) => {
      const sheet = bundle[name];
      if (sheet?.type !== "asset") throw new Error(`There is no ${name}`);
      // Addresses in it are relative to where it lay.
      const css = String(sheet.source).replaceAll(/url\((?:\.\/)?(?=[\w-]+\.woff2)/g, `url(${up}assets/`);
      return `<style>${css}</style>`;
    })
    .replace(
      /<script src="\.\/([\w-]+\.js)"><\/script>/g,
      (_script, name: string) => `<script>${publicScript(name)}</script>`,
    )
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, (policy, _offset, page: string) =>
      policy
        .replace("script-src 'self'", `script-src 'self'${hashes(page, "script")}`)
        .replace("style-src 'self'", `style-src 'self'${hashes(page, "style")}`),
    );
}

function publicScript(name: string): string {
  const text = readFileSync(join(root, "public", name), "utf8");
  return text.replaceAll(/^\s*\/\/.*\n/gm, "").trim();
}

function hashes(page: string, tag: "script" | "style"): string {
  const inside = [...page.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))].map(([, text]) => text ?? "");
  return inside.map((text) => ` 'sha256-${createHash("sha256").update(text).digest("base64")}'`).join("");
}
