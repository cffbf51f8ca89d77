/** A count with its noun in the plural, such as `12 entries`, or `1 entry`. */
export function countText(count: number, plural: string): string {
  if (count !== 1) return `${count} ${plural}`;
  return `1 ${plural.endsWith('ies') ? `${plural.slice(0, -3)}y` : plural.replace(/s$/, '')}`;
}
