import type { LitElement } from "lit";

/** What has the focus below a shadow root, in whichever shadow root inside. */
export function focusedIn(root: ShadowRoot | null): HTMLElement | undefined {
  let element = root?.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

/** Gives the focus back to what lost it by being off for a while, unless it went elsewhere meanwhile. */
export async function giveFocusBack(host: LitElement, element: HTMLElement | undefined): Promise<void> {
  await host.updateComplete;
  if (element?.isConnected && document.activeElement === document.body) element.focus();
}
