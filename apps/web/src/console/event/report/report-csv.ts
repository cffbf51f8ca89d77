import type { SalesReport } from '@frontrow/client';

/** The report by category, or by price for a date without a layout. */
export function categoriesCsv({ byCategory, byPrice }: Pick<SalesReport, 'byCategory' | 'byPrice'>): string {
  const [first] = byCategory;
  const rows = first === undefined ? byPrice : byCategory;
  return csvOf(rows);
}

export function hoursCsv(byHour: SalesReport['byHour']): string {
  return csvOf(byHour);
}

/** The members of objects of one form as RFC 4180 CSV, with their names as header. */
function csvOf(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
  return lines.map((line) => `${line.map(cellOf).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe, as in the files of the API. */
function cellOf(value: string | number): string {
  if (typeof value === 'number') return `${value}`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
