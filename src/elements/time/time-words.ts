/** A stretch of world time as a clock shows it: `0:14.2`, `1:02:03.4`. Milliseconds in. */
export function clockTime(milliseconds: number, tenths = true): string {
  const all = Math.max(0, Math.floor(milliseconds / 100));
  const seconds = Math.floor(all / 10);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  const short = `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(rest)}`;
  return tenths ? `${short}.${all % 10}` : short;
}
