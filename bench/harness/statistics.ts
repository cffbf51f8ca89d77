export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Whether the values differ by at most a third of the smallest. */
export function areSteady(values: readonly number[]): boolean {
  return Math.max(...values) <= (4 / 3) * Math.min(...values);
}
