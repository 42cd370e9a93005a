import type { Rolldown } from "vite";
import type { StepViews } from "../tutorial/tutorial.ts";

/** The fonts of the first lines: fetched beside the page, not after it. */
export function fontLinks(bundle: Rolldown.OutputBundle): string[] {
  return Object.keys(bundle)
    .filter((name) => /\/(inter|bricolage)-[^/]*\.woff2$/.test(name))
    .map((name) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="./${name}">`);
}

/** The files of the modules that a page begins with: the site's own first, then all that the others need. */
export function moduleFiles(bundle: Rolldown.OutputBundle, modules: readonly string[]): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const wanted = new Set<string>();
  const want = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const each of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) want(each);
  };
  for (const module of ["/src/app/main.ts", ...modules]) {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)));
    if (!chunk) throw new Error(`No chunk holds ${module}`);
    want(chunk.fileName);
  }
  return [...wanted];
}

/** The modules that a step's page begins with. */
export function stepModules(tutorial: string, language: string, views: StepViews): string[] {
  const panel: [wanted: unknown, name: string][] = [
    [views.chat, "chat"],
    [views.network, "network"],
    [views.time, "time"],
    [views.inspector, "inspector"],
    [views.log, "log"],
    [views.addresses, "addresses"],
  ];
  return [
    "/src/app/homeroom-tutorial.ts",
    `virtual:homeroom/logic/${tutorial}`,
    `virtual:homeroom/prose/${tutorial}/${language}`,
    ...panel.filter(([wanted]) => wanted).map(([, name]) => `/src/app/panels/${name}-panel.ts`),
  ];
}
