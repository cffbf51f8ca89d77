/** One line of a result: what was measured, its goal, and whether the goal is met. */
export type Row = {
  readonly path: string;
  readonly figure: string;
  readonly goal: string;
  /** Null without a goal, or if the baseline is not steady enough for a verdict. */
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

/** Prints lines of equally many cells; each column is as wide as its widest cell. */
export function printColumns(lines: readonly (readonly string[])[]): void {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines)
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
}
