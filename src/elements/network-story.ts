/** Is a request drawn large and named, or as a dot? */
export function isStory(method: string, url: string): boolean {
  return (
    /\/(register|login|logout|createRoom|join|invite|leave|send|state|redact|kick|ban|knock)\b/.test(url) &&
    method !== "GET"
  );
}
