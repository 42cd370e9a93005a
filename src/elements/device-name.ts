import { isWordsKey, say } from "../catalogue/catalogue.ts";

/** The device's part of a host's name in words: `phone` of `bo/phone`. */
export function deviceName(host: string): string {
  const device = host.slice(host.indexOf("/") + 1);
  const key = `chat.named.${device}`;
  return isWordsKey(key) ? say(key) : device;
}
