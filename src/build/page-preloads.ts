import type { Rolldown } from "vite";
import type { StepViews } from "../tutorial/tutorial.ts";

/** What the modules of a page need, and the fonts of its first lines: fetched beside the page, not after it. */
export function preloads(bundle: Rolldown.OutputBundle, modules: readonly string[]): string[] {
  const files = Object.values(bundle);
  const fonts = files
    .filter(({ fileName }) => /\/(inter|bricolage)-[^/]*\.woff2$/.test(fileName))
    .map(
      ({ fileName }) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="./${fileName}">`,
    );
  const chunks = files.filter((file) => file.type === "chunk");
  const entry = chunks.find(
    ({ isEntry, moduleIds }) => isEntry && moduleIds.some((id) => id.endsWith("/src/app/main.ts")),
  );
  const known = new Set(entry ? [entry.fileName, ...entry.imports] : []);
  const wanted = new Set<string>();
  const want = (name: string): void => {
    if (known.has(name) || wanted.has(name)) return;
    wanted.add(name);
    for (const each of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) want(each);
  };
  for (const module of modules) {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)));
    if (!chunk) throw new Error(`No chunk holds ${module}`);
    want(chunk.fileName);
  }
  const scripts = [...wanted].map((name) => `<link rel="modulepreload" crossorigin href="./${name}">`);
  return [...fonts, ...scripts];
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
