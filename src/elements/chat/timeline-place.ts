import type { ReactiveControllerHost } from "lit";
import { RowWindow } from "./chat-window.ts";

/** So near to its end, a timeline keeps to it. Pixels. */
const nearEnd = 40;
/** So near to its beginning, what is older is wanted. Pixels. */
const nearBeginning = 40;
/** What a row is thought to take before it was drawn. Pixels. */
const usualRow = 44;

type PlaceHost = ReactiveControllerHost & { readonly renderRoot: ParentNode };

/** How a timeline was scrolled: far from its newest row, or to its beginning. */
export type Scrolled = { away: boolean; atBeginning: boolean };

/**
 * Where a timeline stands: at its newest row, or at the row that is looked at, whatever comes above or below. Says which
 * rows are drawn, and learns their heights as they are.
 */
export class TimelinePlace {
  readonly #host: PlaceHost;
  #window = new RowWindow(usualRow);
  #range = { from: 0, to: 0 };
  #atNewest = true;
  #anchor: { key: string; delta: number } | undefined;
  #width = 0;
  #lastTop = 0;
  #sizes: ResizeObserver | undefined;

  constructor(host: PlaceHost) {
    this.#host = host;
  }

  /** The rows to draw, the last left out. */
  get range(): { from: number; to: number } {
    return this.#range;
  }

  /** It keeps to the newest row. */
  get isAtNewest(): boolean {
    return this.#atNewest;
  }

  /** Another room is shown. */
  enter(): void {
    this.#window = new RowWindow(usualRow);
    this.#anchor = undefined;
    this.#atNewest = true;
  }

  leave(): void {
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }

  setRows(keys: string[]): void {
    this.#window.setRows(keys);
  }

  /** The rows look otherwise now: what was learned of their heights is void. */
  forgetHeights(): void {
    this.#window.forget();
  }

  toNewest(): void {
    this.#atNewest = true;
  }

  /** The row stands below the upper third of the view. */
  toRow(key: string): void {
    this.#atNewest = false;
    this.#anchor = { key, delta: -(this.#scroller?.clientHeight ?? 0) / 3 };
  }

  /** Before the rows are drawn. */
  chooseRows(): void {
    this.#range = this.#wantedRange();
  }

  /** After the rows were drawn. Answers whether they have heights: behind a tab, or off the page, nothing has. */
  rowsDrawn(): boolean {
    const [scroller, list] = [this.#scroller, this.#list];
    if (!scroller || !list) return false;
    this.#watchSize(scroller, list);
    if (scroller.clientHeight === 0) return false;
    for (const element of list.querySelectorAll<HTMLElement>(":scope > .entry")) {
      this.#window.measure(element.dataset.key ?? "", element.getBoundingClientRect().height);
    }
    const { from, to } = this.#range;
    list.style.paddingBlockStart = `${this.#window.top(from)}px`;
    list.style.paddingBlockEnd = `${this.#window.height - this.#window.top(to)}px`;
    this.#keep(scroller, list);
    this.#drawMore();
    return true;
  }

  /** Takes over where somebody scrolled to. Undefined where nothing has a height. */
  scrolled(): Scrolled | undefined {
    const [scroller, list] = [this.#scroller, this.#list];
    if (!scroller || !list || scroller.clientHeight === 0) return undefined;
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    // What grows below moves the end away without anyone leaving it: only a way up does.
    this.#atNewest = below < nearEnd || (this.#atNewest && scrollTop >= this.#lastTop);
    this.#lastTop = scrollTop;
    const top = scrollTop - list.offsetTop;
    const index = this.#window.rowAt(top);
    const key = this.#window.keyAt(index);
    this.#anchor = key === undefined ? undefined : { key, delta: top - this.#window.top(index) };
    this.#drawMore();
    return {
      away: !this.#atNewest && below > clientHeight * 0.6,
      atBeginning: scrollTop < nearBeginning && !this.#atNewest,
    };
  }

  get #scroller(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(".scroller");
  }

  get #list(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(".rows");
  }

  #wantedRange(): { from: number; to: number } {
    const height = this.#scroller?.clientHeight || 500;
    if (this.#atNewest) return this.#window.range(this.#window.height - height, height);
    const index = this.#anchor ? this.#window.indexOf(this.#anchor.key) : -1;
    const top = index < 0 ? 0 : this.#window.top(index) + (this.#anchor?.delta ?? 0);
    return this.#window.range(top, height);
  }

  #drawMore(): void {
    const wanted = this.#wantedRange();
    if (wanted.from < this.#range.from || wanted.to > this.#range.to) this.#host.requestUpdate();
  }

  #keep(scroller: HTMLElement, list: HTMLElement): void {
    if (this.#atNewest) {
      scroller.scrollTop = scroller.scrollHeight;
      this.#lastTop = scroller.scrollTop;
      return;
    }
    const index = this.#anchor ? this.#window.indexOf(this.#anchor.key) : -1;
    if (index < 0 || !this.#anchor) return;
    const top = list.offsetTop + this.#window.top(index) + this.#anchor.delta;
    if (Math.abs(scroller.scrollTop - top) > 1) scroller.scrollTop = top;
    this.#lastTop = scroller.scrollTop;
  }

  #watchSize(scroller: HTMLElement, list: HTMLElement): void {
    if (this.#sizes) return;
    this.#sizes = new ResizeObserver(() => {
      // Not inside the observer's own round: what it draws would be observed again.
      requestAnimationFrame(() => {
        const width = scroller.clientWidth;
        if (width !== this.#width) this.#window.forget();
        this.#width = width;
        this.#host.requestUpdate();
      });
    });
    this.#sizes.observe(scroller);
    // Rows grow late: a font comes, a message gets its formatting.
    this.#sizes.observe(list);
  }
}
