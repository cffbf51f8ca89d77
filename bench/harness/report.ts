/** One line of a result: what was measured, against which goal, and whether that is met. */
export type Row = {
  readonly path: string;
  readonly figure: string;
  readonly goal: string;
  /** Null where the baseline moved too far for a verdict, or where there is no goal. */
  readonly isMet: boolean | null;
};

export function verdict(isMet: boolean | null): string {
  if (isMet === null) return '—';
  return isMet ? 'met' : 'MISSED';
}

export function printTable(rows: readonly Row[]): void {
  printColumns([
    ['path', 'figure', 'goal', 'verdict'],
    ...rows.map(({ path, figure, goal, isMet }) => [path, figure, goal, verdict(isMet)]),
  ]);
}

/** Lines of as many cells as the first, each column as wide as its widest cell. */
export function printColumns(lines: readonly (readonly string[])[]): void {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines)
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
}
