/** Texts of a section on the map, in the order of importance: as many as there is room for. */
export type MapLabel = { readonly lines: readonly string[]; readonly size: number };

const LINE_HEIGHT = 1.25;

/**
 * Fits the name and the count of a section into its box; the first of the counts that fits. All lengths are in pixels of the screen, so that texts have a readable
 * size on every screen.
 */
export function fitLabel(
  name: string,
  counts: readonly string[],
  width: number,
  height: number,
): MapLabel | null {
  for (const size of [14, 12, 10.5])
    for (const count of counts) {
      const lines = [...wrapWords(name, width, size), count];
      if (fits(lines, width, height, size)) return { lines, size };
    }
  const count = counts.find((text) => fits([text], width, height, 10.5));
  return count === undefined ? null : { lines: [count], size: 10.5 };
}

function fits(lines: readonly string[], width: number, height: number, size: number): boolean {
  return lines.every((line) => textWidth(line, size) <= width) && lines.length * size * LINE_HEIGHT <= height;
}

function wrapWords(text: string, width: number, size: number): string[] {
  if (text === '') return [];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(joined, size) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

/** An estimate: letters of Hangul and other wide scripts are as wide as they are high. */
export function textWidth(text: string, size: number): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter > '\u1100' ? 0.95 : 0.58), 0) * size;
}
