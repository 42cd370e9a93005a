/** Keeps the site for times without a network; a newer version that was fetched before takes over now. */
export async function keepForOffline(root: URL): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const hadOne = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register(new URL("offline-worker.js", root), {
    scope: root.pathname,
  });
  if (!registration.waiting || !hadOne) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("take-over");
}
