/** Lines of text on the map; the size is in pixels of the screen. */
type MapLabel = { readonly lines: readonly string[]; readonly size: number };

export const LINE_HEIGHT = 1.2;
const SIZES = [14, 12, 10.5];

/**
 * Fits the name and the first of the counts of a section into its box, or as much of them as there is room for. All lengths are in pixels of the screen, so that texts have a readable
 * size on every screen.
 */
export function fitLabel(
  name: string,
  counts: readonly string[],
  width: number,
  height: number,
): MapLabel | null {
  const texts = [...counts.map((count) => [name, count]), [name], ...counts.map((count) => [count])];
  for (const parts of texts)
    for (const size of SIZES) {
      const lines = parts.flatMap((part) => (part === name ? wrapWords(part, width, size) : [part]));
      if (lines.length > 0 && fits(lines, width, height, size)) return { lines, size };
    }
  return null;
}

function fits(lines: readonly string[], width: number, height: number, size: number): boolean {
  return lines.every((line) => textWidth(line, size) <= width) && lines.length * size * LINE_HEIGHT <= height;
}

function wrapWords(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<=[ –-])/)) {
    const joined = `${lines.at(-1) ?? ''}${word}`;
    if (lines.length > 0 && textWidth(joined.trim(), size) <= width) lines[lines.length - 1] = joined;
    else if (word !== '') lines.push(word);
  }
  return lines.map((line) => line.trim());
}

/** An estimate: letters of Hangul and other wide scripts are as wide as they are high. */
export function textWidth(text: string, size: number): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter > '\u1100' ? 0.95 : 0.58), 0) * size;
}
