import { symbolPaths } from "../server-look.ts";

/** The theme's colours as they are in `root`, by name, as a canvas takes them. */
export function colorsIn(root: ParentNode): Record<string, string> {
  const probe = document.createElement("span");
  probe.hidden = true;
  root.append(probe);
  const colors: Record<string, string> = {};
  for (const name of [...Object.keys(symbolPaths), "ink", "surface", "warn"]) {
    probe.style.color = `var(--${name})`;
    colors[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colors;
}
