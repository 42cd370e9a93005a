/** Milliseconds after the first painting in which nothing else shall be in the way. */
const grace = 300;

/** Resolves when the page has been painted and has nothing else to do, or after `patience` milliseconds. */
export function whenQuiet(patience = 1000): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const soon = (): void => {
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: patience });
    else resolve();
  };
  const later = (): unknown => setTimeout(soon, grace);
  // A page in the background is not painted.
  if (document.visibilityState === "hidden") later();
  else requestAnimationFrame(later);
  return promise;
}
