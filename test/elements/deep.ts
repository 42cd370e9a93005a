import { expect } from "chai";

// Finds things in open shadow roots as people and assistive software do: by role and name.

/** Every element below, those in shadow roots too, that is shown. */
export function* everything(root: Element | ShadowRoot): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

/** The first element that is shown and has this role and name. */
export function byName<Found extends HTMLElement = HTMLElement>(
  root: Element,
  role: string,
  name: string | RegExp,
): Found | undefined {
  const start = root.shadowRoot ?? root;
  for (const element of everything(start)) {
    if (roleOf(element) !== role || !element.checkVisibility() || element.closest("[inert]")) continue;
    const own = nameOf(element);
    if (typeof name === "string" ? own === name : name.test(own)) return element as Found;
  }
  return undefined;
}

function roleOf(element: HTMLElement): string | undefined {
  const said = element.getAttribute("role");
  if (said) return said;
  const { localName } = element;
  if (localName === "input") {
    const { type } = element as HTMLInputElement;
    return type === "radio" || type === "checkbox" ? type : "textbox";
  }
  const roles: Record<string, string> = {
    button: "button",
    textarea: "textbox",
    select: "combobox",
    ul: "list",
    section: "region",
    fieldset: "group",
  };
  return roles[localName];
}

function nameOf(element: HTMLElement): string {
  const root = element.getRootNode() as ShadowRoot | Document;
  const by = element.getAttribute("aria-labelledby");
  const labels = (element as HTMLInputElement).labels;
  const words =
    element.getAttribute("aria-label") ??
    (by !== null
      ? by
          .split(" ")
          .map((id) => root.getElementById(id)?.textContent)
          .join(" ")
      : undefined) ??
    (labels?.length ? [...labels].map(({ textContent }) => textContent).join(" ") : undefined);
  return (words ?? visibleWords(element)).replace(/\s+/g, " ").trim();
}

function visibleWords(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return copy.textContent ?? "";
}

/** All words below, those in shadow roots too. */
export function allText(root: Element): string {
  const texts: string[] = [];
  const read = (node: Node): void => {
    if (node instanceof Text) texts.push(node.data);
    if (node instanceof HTMLStyleElement) return;
    if (node instanceof HTMLElement && node.shadowRoot) read(node.shadowRoot);
    for (const child of node.childNodes) read(child);
  };
  read(root);
  return texts.join("").replace(/\s+/g, " ");
}

/** What has the focus, in whichever shadow root. */
export function focused(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

/** Milliseconds after which something that should have come has not, on however slow a machine. */
const patience = 60_000;

/** Looks once a frame until there is something; fails when it does not come. */
export async function waitFor<Found>(look: () => Found | undefined | null | false): Promise<Found> {
  for (const end = performance.now() + patience; performance.now() < end; ) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return expect.fail(`did not come: ${look}`);
}
