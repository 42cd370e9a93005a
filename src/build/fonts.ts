import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { root } from "./install.mjs";

type SubsetFont = (
  font: Uint8Array,
  text: string,
  options: {
    targetFormat: "woff2";
    variationAxes: Record<string, number | { min: number; max: number }>;
    keepFeatures: string[];
  },
) => Promise<Uint8Array>;
/** The package brings no types. */
const subsetFont = createRequire(import.meta.url)("subset-font") as SubsetFont;

type Face = {
  family: string;
  /** Below node_modules. */
  file: string;
  /** The file's name in the build. */
  name: string;
  /** A range, or one weight alone. */
  weights: { min: number; max: number } | number;
  features: string[];
  /**
   * Stands in until the font is there, stretched to its width and height, so that no line moves. The numbers
   * are the font's own metrics over those of the stand-in.
   */
  standIn: { local: string[]; sizeAdjust: string; ascent: string; descent: string };
};

const faces: Face[] = [
  {
    family: "Inter Variable",
    file: "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    name: "inter",
    weights: { min: 400, max: 700 },
    features: ["kern", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"],
    standIn: {
      local: ["Arial", "Liberation Sans", "Helvetica"],
      sizeAdjust: "107.1%",
      ascent: "90.4%",
      descent: "22.5%",
    },
  },
  {
    family: "Bricolage Grotesque Variable",
    file: "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
    name: "bricolage",
    weights: 700,
    features: ["kern", "ccmp", "locl", "mark"],
    standIn: {
      local: ["Arial Bold", "Liberation Sans Bold", "Helvetica Bold", "Arial", "Liberation Sans"],
      sizeAdjust: "96.5%",
      ascent: "96.4%",
      descent: "28%",
    },
  },
  {
    family: "JetBrains Mono Variable",
    file: "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
    name: "jetbrains-mono",
    weights: { min: 400, max: 700 },
    // No ligatures: on the wire `!=` is two characters.
    features: ["kern", "ccmp", "locl", "mark"],
    standIn: {
      local: ["Courier New", "Liberation Mono", "Courier"],
      sizeAdjust: "100%",
      ascent: "102%",
      descent: "30%",
    },
  },
];

/** What English, French and German are written with. Other characters come from the reader's own fonts. */
const characters = `${String.fromCharCode(...range(0x20, 0x7e), ...range(0xa0, 0xff))}ŒœŸẞ–—‘’‚“”„†•…‹›€™−\u2009\u202f×·`;

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/**
 * Cuts the fonts down to what is read, and writes them beside a style sheet that names them.
 * @returns the style sheet's path
 */
export async function subsetFonts(): Promise<string> {
  const recipe = createHash("sha256")
    .update(JSON.stringify([faces, characters]))
    .digest("hex")
    .slice(0, 12);
  const folder = join(root, "node_modules/.cache", `homeroom-fonts-${recipe}`);
  const sheet = join(folder, "fonts.css");
  if (existsSync(sheet)) return sheet;
  mkdirSync(folder, { recursive: true });
  let css = "";
  for (const face of faces) {
    const whole = readFileSync(join(root, "node_modules", face.file));
    const part = await subsetFont(whole, characters, {
      targetFormat: "woff2",
      variationAxes: { wght: face.weights },
      keepFeatures: face.features,
    });
    writeFileSync(join(folder, `${face.name}.woff2`), part);
    css += rules(face);
  }
  // The sheet comes last and in one move: where it is, the fonts are whole.
  writeFileSync(`${sheet}.${process.pid}`, css);
  renameSync(`${sheet}.${process.pid}`, sheet);
  return sheet;
}

function rules({ family, name, weights, standIn }: Face): string {
  const ranges =
    "U+20-7E, U+A0-FF, U+152-153, U+178, U+1E9E, U+2009, U+2013-2014, U+2018-201A, U+201C-201E, U+2020, U+2022, U+2026, U+202F, U+2039-203A, U+20AC, U+2122, U+2212";
  return `@font-face {
  font-family: "${family}";
  src: url("./${name}.woff2") format("woff2");
  font-weight: ${typeof weights === "number" ? weights : `${weights.min} ${weights.max}`};
  font-display: swap;
  unicode-range: ${ranges};
}
@font-face {
  font-family: "${family} Stand-in";
  src: ${standIn.local.map((local) => `local("${local}")`).join(", ")};
  size-adjust: ${standIn.sizeAdjust};
  ascent-override: ${standIn.ascent};
  descent-override: ${standIn.descent};
  line-gap-override: 0%;
}
`;
}
