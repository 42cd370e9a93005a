import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin, Rolldown } from "vite";
import { inlineParts } from "./inlined-parts.ts";
import { root } from "./install.mjs";
import { fontLinks, moduleFiles } from "./page-preloads.ts";
import type { PrerenderedPage } from "./prerendered-pages.ts";

// Loaded when they are drawn: a change of a page or a word is no change of the configuration.
type Pages = typeof import("./prerendered-pages.ts");
const source = "src/build/prerendered-pages.ts";

/**
 * Writes one HTML file for each page, with its text in it, from the one `index.html`; the dev server answers
 * with the same pages. Every address in them is relative, so that the site works under any path of any host.
 */
export function prerenderPlugin(): Plugin {
  return {
    name: "homeroom-prerender",
    configureServer(server) {
      // The test runner has pages of its own.
      if (server.config.appType !== "mpa") return;
      server.middlewares.use(async (request, response, next) => {
        const url = new URL(request.url ?? "/", "http://localhost");
        const wantsPage = request.method === "GET" && request.headers.accept?.includes("text/html");
        if (!wantsPage || /\.(?!html$)\w+$/.test(url.pathname)) return next();
        try {
          const { prerenderPages } = (await server.ssrLoadModule(`/${source}`)) as Pages;
          const pages = await prerenderPages();
          const wanted = url.pathname.slice(1).replace(/(^|\/)$/, "$1index.html");
          const found = pages.find(({ file }) => file === wanted);
          const page = found ?? pages.find(({ file }) => file === "404.html");
          if (!page) return next();
          const template = readFileSync(join(root, "index.html"), "utf8");
          const html = await server.transformIndexHtml(url.pathname, forDev(fill(template, page, "/")));
          response.statusCode = found && page.route.page !== "not-found" ? 200 : 404;
          response.setHeader("content-type", "text/html; charset=utf-8");
          response.setHeader("cache-control", "no-store");
          response.end(html);
        } catch (error) {
          next(error);
        }
      });
    },
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const index = bundle["index.html"];
        if (index?.type !== "asset") throw new Error("The build has written no index.html");
        const template = String(index.source);
        const { prerenderPages } = (await import(pathToFileURL(join(root, source)).href)) as Pages;
        for (const page of await prerenderPages()) {
          const up = "../".repeat(page.file.split("/").length - 1) || "./";
          const html = inlineParts(
            withModules(fill(template, page, up), bundle, page, up),
            bundle,
            up,
          ).replaceAll(/(href|src)="\.\/(?=assets\/|\w+\.)/g, `$1="${up}`);
          if (page.file === "index.html") index.source = html;
          else this.emitFile({ type: "asset", fileName: page.file, source: html });
        }
        // It stands in every page now.
        for (const name of Object.keys(bundle)) if (name.endsWith(".css")) delete bundle[name];
      },
    },
  };
}

/** A page says what it begins with; public/start.js fetches it once the page is painted. */
function withModules(html: string, bundle: Rolldown.OutputBundle, page: PrerenderedPage, up: string): string {
  const own = html.replace(/<script type="module"[^>]*><\/script>|<link rel="modulepreload"[^>]*>/g, "");
  if (page.route.page === "not-found") {
    // It may stand at any depth: it can load nothing, and only leads home. What needs a script is not there.
    return own
      .replace("<!--preloads-->", '<script src="./find-home.js"></script>')
      .replace(/<link rel="icon"[^>]*>/, "")
      .replace(/<(button|span) [^>]*needs-script.*?<\/\1>/gs, "");
  }
  const modules = moduleFiles(bundle, page.modules).map((name) => up + name);
  return own
    .replace("<html ", `<html data-modules="${modules.join(" ")}" `)
    .replace("<!--preloads-->", () => fontLinks(bundle).join("\n    "));
}

function fill(template: string, page: PrerenderedPage, up: string): string {
  return template
    .replace('data-root="./"', () => `data-root="${up}"`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeText(page.title)}</title>`)
    .replace(
      'name="description" content=""',
      () => `name="description" content="${escapeText(page.description)}"`,
    )
    .replace("<!--page-->", () => page.html);
}

/** The dev server brings style sheets as style elements, and speaks with the page over a socket. */
function forDev(html: string): string {
  return html
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace("connect-src 'self'", "connect-src 'self' ws:");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
