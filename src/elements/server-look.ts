import { type CSSResult, css, html, type TemplateResult, unsafeCSS } from "lit";
import type { Symbol as ServerSymbol } from "../world/scenario.ts";

/** What a server wears everywhere: one shape and one colour. */
export type ServerLook = {
  symbol: ServerSymbol;
  /** The symbol that its colour is named after: its own, for the first ten servers. */
  tint: ServerSymbol;
  /** The colour, and its soft shade for grounds, as CSS values. */
  color: string;
  soft: string;
  /** The class that carries both, see `lookStyles`. */
  className: string;
  /** The shape: path data in a square of 24, to be stroked. */
  path: string;
};

/** Server name → its look. */
export type ServerLooks = ReadonlyMap<string, ServerLook>;

/** The shapes, in the order in which servers without one get theirs. */
export const symbolPaths: Readonly<Record<ServerSymbol, string>> = {
  leaf: "M12 22V8M12 2.5C7.4 5.6 5.2 8.8 5.2 12.2a6.8 6.4 0 0 0 13.6 0c0-3.4-2.2-6.6-6.8-9.7Z",
  anchor:
    "M12 6.4V21.5M12 6.4a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM7.4 9.8h9.2M4 14.4c.4 4.4 3.8 7.1 8 7.1s7.6-2.7 8-7.1",
  tower: "M7.8 21.5V9.6M16.2 21.5V9.6M5.6 3v6.6h12.8V3h-2.9v2.3h-2V3h-3v2.3h-2V3ZM4.6 21.5h14.8M12 13.2v3.4",
  wave: "M2.5 8.8c2.4-3 4.7-3 7.1 0s4.7 3 7.1 0 3.4-2.6 4.8-1.4M2.5 15.8c2.4-3 4.7-3 7.1 0s4.7 3 7.1 0 3.4-2.6 4.8-1.4",
  star: "M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5L12 17.4l-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9Z",
  sun: "M12 16.4a4.4 4.4 0 1 0 0-8.8 4.4 4.4 0 0 0 0 8.8ZM12 1.8v2.6M12 19.6v2.6M1.8 12h2.6M19.6 12h2.6M4.8 4.8l1.8 1.8M17.4 17.4l1.8 1.8M19.2 4.8l-1.8 1.8M6.6 17.4l-1.8 1.8",
  mountain: "M1.8 20 9 6l4.3 8.2 2.5-4L22.2 20ZM6.6 10.7l2.4 1.7 2.3-1.9",
  bell: "M5.8 17v-6.2a6.2 6.2 0 0 1 12.4 0V17l1.8 2H4ZM9.8 19.2a2.2 2.2 0 0 0 4.4 0M12 4.6V2.4",
  key: "M7.6 16.4a4.4 4.4 0 1 0 0-8.8 4.4 4.4 0 0 0 0 8.8ZM12 12h10M18.4 12v3.8M22 12v2.6",
  moon: "M20.6 14.6A9 9 0 1 1 9.4 3.4a7.2 7.2 0 0 0 11.2 11.2Z",
};

const symbols = Object.keys(symbolPaths) as ServerSymbol[];

/** Is this the name of a shape? Symbols come as plain text from the log. */
export function isServerSymbol(name: string | undefined): name is ServerSymbol {
  return name !== undefined && Object.hasOwn(symbolPaths, name);
}

/**
 * The look of each server. A server without a symbol gets the first that nobody wears; from the eleventh on
 * shapes come again in other colours, so that shape and colour together stay one server's own.
 */
export function serverLooks(servers: readonly { name: string; symbol?: string }[]): ServerLooks {
  const looks = new Map<string, ServerLook>();
  const worn = new Set<string>();
  for (const { name, symbol } of servers) {
    const wanted = isServerSymbol(symbol) ? symbol : symbols.find((free) => !worn.has(`${free} ${free}`));
    const shape = wanted ?? symbols[looks.size % symbols.length]!;
    const start = symbols.indexOf(shape);
    const turned = symbols.map((_, turn) => symbols[(start + turn * 3) % symbols.length]!);
    const tint = turned.find((color) => !worn.has(`${shape} ${color}`)) ?? shape;
    worn.add(`${shape} ${tint}`);
    looks.set(name, {
      symbol: shape,
      tint,
      color: `var(--${tint})`,
      soft: `var(--${tint}-soft)`,
      className: `look-${tint}`,
      path: symbolPaths[shape],
    });
  }
  return looks;
}

/**
 * The server that an address ends in: `harbor.example` of `@bo:harbor.example`. Undefined where the address
 * names none, as the room ids of version 12 and event ids do.
 */
export function serverIn(address: string): string | undefined {
  if (!/^[@#!]/.test(address)) return undefined;
  const colon = address.indexOf(":");
  return colon < 0 || colon === address.length - 1 ? undefined : address.slice(colon + 1);
}

/** The look of the server that an address, or a server's name, belongs to. */
export function lookOf(looks: ServerLooks | undefined, text: string): ServerLook | undefined {
  return looks?.get(serverIn(text) ?? text);
}

/** One class a colour: sets `--look` and `--look-soft` for what is inside. */
export const lookStyles: CSSResult = css`
  ${unsafeCSS(symbols.map((name) => `.look-${name} { --look: var(--${name}); --look-soft: var(--${name}-soft); }`).join("\n"))}
`;

/** A server's shape, drawn in the colour of the text around it. Decoration: the name stands beside it. */
export function symbolMark(look: ServerLook, className = "symbol"): TemplateResult {
  return html`<svg class=${className} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${look.path}></path></svg>`;
}
