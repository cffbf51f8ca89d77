/** One line of a result: what was measured, against which goal, and whether that is met. */
export type Row = {
  readonly path: string;
  readonly figure: string;
  readonly goal: string;
  /** Null where the yardstick moved too far for a verdict, or where there is no goal. */
  readonly isMet: boolean | null;
};

function verdict(isMet: boolean | null): string {
  if (isMet === null) return '—';
  return isMet ? 'met' : 'MISSED';
}

export function printTable(rows: readonly Row[]): void {
  const cells = [
    ['path', 'figure', 'goal', 'verdict'],
    ...rows.map(({ path, figure, goal, isMet }) => [path, figure, goal, verdict(isMet)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  for (const row of cells)
    console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
}
