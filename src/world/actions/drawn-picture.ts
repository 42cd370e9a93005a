/** Pixels of a drawn picture. */
const size = { width: 960, height: 640 };

/** A small landscape, another one for each word: what people in a scene send when they send a photo. A PNG. */
export async function drawPicture(word: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This page cannot draw");
  const chance = numbersOf(word);
  const hue = chance() * 360;
  const sky = pen.createLinearGradient(0, 0, 0, size.height);
  sky.addColorStop(0, `hsl(${hue} 55% 62%)`);
  sky.addColorStop(1, `hsl(${hue + 40} 75% 88%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, size.width, size.height);
  pen.fillStyle = `hsl(${hue + 60} 95% 92%)`;
  pen.beginPath();
  pen.arc(size.width * (0.2 + 0.6 * chance()), size.height * 0.3, 50 + 40 * chance(), 0, Math.PI * 2);
  pen.fill();
  for (let range = 0; range < 4; range += 1) {
    pen.fillStyle = `hsl(${hue + 150 + range * 12} 38% ${58 - range * 12}%)`;
    hills(pen, size.height * (0.48 + range * 0.13), chance);
  }
  return canvas.convertToBlob({ type: "image/png" });
}

function hills(pen: OffscreenCanvasRenderingContext2D, level: number, chance: () => number): void {
  const [slow, fast, shift] = [0.003 + chance() * 0.003, 0.011 + chance() * 0.009, chance() * 7];
  pen.beginPath();
  pen.moveTo(0, size.height);
  for (let x = 0; x <= size.width; x += 8) {
    pen.lineTo(x, level - 46 * Math.sin(x * slow + shift) - 12 * Math.sin(x * fast));
  }
  pen.lineTo(size.width, size.height);
  pen.fill();
}

/** Numbers from 0 to 1 that follow from a word alone. */
function numbersOf(word: string): () => number {
  let state = 2166136261;
  for (const letter of word) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    return (state >>> 0) / 4294967296;
  };
}
