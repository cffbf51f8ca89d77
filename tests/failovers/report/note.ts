import { appendFileSync } from 'node:fs';

/** The file to which the tests write the rows of the report; absent where nobody asks for one. */
export const NOTES_FILE = 'FAILOVERS_NOTES';

/** A row of one of the report's tables. */
export type Note = { readonly table: string; readonly cells: Readonly<Record<string, string | number>> };

/** Prints what a test has found, and keeps it for the report. */
export function note(table: string, cells: Note['cells']): void {
  console.log(`${table}: ${JSON.stringify(cells)}`);
  const file = process.env[NOTES_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ table, cells })}\n`);
}
