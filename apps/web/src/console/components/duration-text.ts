const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** A duration with its two largest units: `1 h 5 min`, `2 min 23 s`, `0.1 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms / 10) / 100} s`;
  if (ms < 10_000) return `${Math.round(ms / 100) / 10} s`;
  const whole = Math.round(ms / 1000) * 1000;
  const largest = UNITS.findIndex(([, length]) => whole >= length);
  let rest = whole;
  return UNITS.slice(largest, largest + 2)
    .map(([unit, length]) => {
      const count = Math.floor(rest / length);
      rest -= count * length;
      return count === 0 ? '' : `${count} ${unit}`;
    })
    .filter(Boolean)
    .join(' ');
}
