const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/** Runs in a later turn of the event loop, sooner than a timer would. */
export function laterTurn(run: () => void): void {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  waiting.push(run);
  channel.port2.postMessage(null);
}
