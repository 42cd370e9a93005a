import type { Line } from "./simulation-port.ts";

/**
 * Two ends in one thread. What goes over is cloned, as between threads, so that nothing can be shared by mistake.
 */
export function directLine<Ping, Pong>(): [near: Line<Ping, Pong>, far: Line<Pong, Ping>] {
  let open = true;
  const carry = <Message>(message: Message, to: { received: (message: Message) => void }): void => {
    const cloned = structuredClone(message);
    queueMicrotask(() => {
      if (open) to.received(cloned);
    });
  };
  const close = (): void => {
    open = false;
  };
  const near: Line<Ping, Pong> = { send: (message) => carry(message, far), received: () => undefined, close };
  const far: Line<Pong, Ping> = { send: (message) => carry(message, near), received: () => undefined, close };
  return [near, far];
}
