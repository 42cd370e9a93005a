const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "wheel", "focusin"] as const;

/**
 * Resolves at the first sign of somebody who is about to do something, or after `patience` milliseconds: until
 * then the page is for reading, and nothing heavy comes in between.
 */
export function whenWanted(patience = 8000): Promise<void> {
  if (navigator.userActivation?.hasBeenActive) return Promise.resolve();
  return new Promise((resolve) => {
    const wanted = (): void => {
      clearTimeout(late);
      for (const sign of signs) removeEventListener(sign, wanted, true);
      resolve();
    };
    const late = setTimeout(wanted, patience);
    for (const sign of signs) addEventListener(sign, wanted, { capture: true, passive: true });
  });
}
