/** Ascending numbers as text, with ranges: `1–4, 7`. At most `max` ranges are named. */
export function formatSeatNumbers(numbers: readonly number[], max = 12): string {
  const ranges = rangesOf(numbers);
  const named = ranges.slice(0, max).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return ranges.length > max ? `${named.join(', ')} and more` : named.join(', ');
}

/** The ranges of consecutive numbers among ascending ones. */
function rangesOf(numbers: readonly number[]): readonly (readonly [from: number, to: number])[] {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

/** Reads `1-4, 7` or `1–4 7`; null for any other text. The numbers are ascending and distinct. */
export function parseSeatNumbers(text: string, max: number): readonly number[] | null {
  const numbers = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter((each) => each !== '')) {
    const [, from = '', to = from] = /^(\d{1,5})(?:[-–](\d{1,5}))?$/.exec(part) ?? [];
    if (from === '' || Number(from) < 1 || Number(to) > max || Number(from) > Number(to)) return null;
    for (let number = Number(from); number <= Number(to); number += 1) numbers.add(number);
  }
  return [...numbers].toSorted((a, b) => a - b);
}
