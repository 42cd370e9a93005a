/**
 * Files that somebody has picked, dropped or pasted, by an id: what people do is plain data, and a log of it holds no
 * bytes. They are gone with the page.
 */
const picked = new Map<string, File>();
let count = 0;

/** Holds the file until `letGo`. */
export function holdFile(file: File): string {
  count += 1;
  const id = `file-${count}`;
  picked.set(id, file);
  return id;
}

export function heldFile(id: string): File | undefined {
  return picked.get(id);
}

export function letGoFile(id: string): void {
  picked.delete(id);
}
