/** What has the focus below a shadow root, in whichever shadow root inside. */
export function focusedIn(root: ShadowRoot | null): HTMLElement | undefined {
  let element = root?.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}
