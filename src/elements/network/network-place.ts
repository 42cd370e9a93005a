import { noChange } from "lit";
import { Directive, type DirectiveResult, directive, type ElementPart } from "lit/directive.js";
import type { Rect } from "./network-measure.ts";

class PlaceDirective extends Directive {
  override render(_rect: Partial<Rect>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [{ x, y, width, height }]: [Partial<Rect>]): unknown {
    const { style } = part.element as HTMLElement;
    style.transform = `translate(${x ?? 0}px, ${y ?? 0}px)`;
    if (width !== undefined) style.width = `${width}px`;
    if (height !== undefined) style.height = `${height}px`;
    return noChange;
  }
}

const applied = directive(PlaceDirective);

/**
 * Puts an absolutely positioned element at a place. It writes the element's style object, because a content
 * security policy without unsafe-inline refuses `style` attributes, which lit's own directive starts with.
 */
export function place(rect: Partial<Rect>): DirectiveResult {
  return applied(rect);
}
