import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { LAYOUT_ERRORS_MAX } from '@frontrow/domain/halls/check-layout.ts';
import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX, type Layout } from '@frontrow/domain/halls/layout.ts';
import type { ListedSeat } from '@frontrow/domain/halls/seat-list.ts';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import type { FieldError } from '@frontrow/domain/shared/refusals.ts';
import { CsvError, type Info, parse } from 'csv-parse';
import { z } from 'zod';
import { invalidRequest } from '../../problems/errors.ts';
import type { CsvRow } from '../shared/csv.ts';
import { lineOf, money } from '../shared/fields.ts';
import { seat } from './layout-schema.ts';

const NEEDED = ['section', 'row', 'seat', 'x', 'y', 'category'] as const;
const OTHERS = ['price', 'accessible', 'companionOf', 'obstructedView', 'blocked', 'rank'] as const;
export const SEAT_COLUMNS = [...NEEDED, ...OTHERS] as const;
type Column = (typeof SEAT_COLUMNS)[number];
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Without separators: a spreadsheet may write 120000 as 120.000, which is no price of 120. */
const WHOLE = /^-?\d+$/;
const NUMBERS: Readonly<Partial<Record<Column, RegExp>>> = {
  x: DECIMAL,
  y: DECIMAL,
  price: WHOLE,
  rank: WHOLE,
};

const lineSchema = seat.omit({ label: true }).extend({
  section: lineOf(NAME_LENGTH_MAX),
  row: lineOf(LABEL_LENGTH_MAX),
  seat: lineOf(LABEL_LENGTH_MAX),
  price: z.exactOptional(money),
});

/**
 * Other requests run between two chunks. The parser makes an error object of each line whose last cells are missing, which
 * takes 70 µs.
 */
const CHUNK_BYTES = 8 * 1024;
/** What programs write in place of a character of another encoding. */
const REPLACEMENT = '\ufffd';
const RECORD_BYTES_MAX = 16 * 1024;

/**
 * Parses a CSV file of seats (RFC 4180) with a header, separated by commas, or by semicolons with decimal commas, with or
 * without a byte order mark. Throws `Refused` with pointers of `root`, a line and a column.
 */
export async function parseSeats(csv: string, root: string): Promise<readonly ListedSeat[]> {
  if (csv.includes(REPLACEMENT))
    throw invalidRequest([{ pointer: root, detail: 'must be UTF-8: save the file as CSV UTF-8' }]);
  const separator = /^[^\r\n,]*;/.test(csv) ? ';' : ',';
  const seats: ListedSeat[] = [];
  const errors: FieldError[] = [];
  let header: readonly Column[] | null = null;
  try {
    for await (const { record, info } of recordsOf(csv, separator)) {
      if (header === null) {
        header = readHeader(record, `${root}/${info.lines}`);
        continue;
      }
      const listed = readLine(header, record, { separator, line: info.lines, root });
      if (Array.isArray(listed)) errors.push(...listed);
      else seats.push(listed);
      if (errors.length >= LAYOUT_ERRORS_MAX) break;
      if (seats.length > SEATS_PER_EVENT_MAX)
        throw invalidRequest([{ pointer: root, detail: `must have at most ${SEATS_PER_EVENT_MAX} seats` }]);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw invalidRequest([{ pointer: `${root}/${String(error['lines'])}`, detail: 'is not valid CSV' }]);
  }
  if (errors.length > 0) throw invalidRequest(errors.slice(0, LAYOUT_ERRORS_MAX));
  if (seats.length === 0) throw invalidRequest([{ pointer: root, detail: 'must have a header and a seat' }]);
  return seats;
}

type Parsed = { readonly record: readonly string[]; readonly info: Info };

function recordsOf(csv: string, delimiter: string): AsyncIterable<Parsed> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  return Readable.from(chunksOf(Buffer.from(csv))).pipe(parser);
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield bytes.subarray(start, start + CHUNK_BYTES);
    await setImmediate();
  }
}

function readHeader(record: readonly string[], pointer: string): readonly Column[] {
  const names = record.map((name) => name.trim());
  const unknown = names.find((name) => !isColumn(name));
  const missing = NEEDED.find((name) => !names.includes(name));
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (unknown === undefined && missing === undefined && repeated === undefined) return names.filter(isColumn);
  const detail = `must name the columns ${NEEDED.join(', ')}, and may name ${OTHERS.join(', ')}, each once`;
  throw invalidRequest([{ pointer, detail }]);
}

function isColumn(name: string): name is Column {
  return (SEAT_COLUMNS as readonly string[]).includes(name);
}

type Place = { readonly separator: string; readonly line: number; readonly root: string };

function readLine(
  header: readonly Column[],
  record: readonly string[],
  { separator, line, root }: Place,
): ListedSeat | FieldError[] {
  if (record.length > header.length)
    return [{ pointer: `${root}/${line}`, detail: `has more than ${header.length} cells` }];
  const cells = header.map((column, index) => [column, valueOf(column, record[index] ?? '', separator)]);
  const parsed = lineSchema.safeParse(Object.fromEntries(cells.filter(([, value]) => value !== undefined)));
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => ({
      pointer: `${root}/${line}/${String(path[0])}`,
      detail: message,
    }));
  const { section, row, seat: label, price = null, ...others } = parsed.data;
  return { line, section, row, price, seat: { label, ...others } };
}

/** An export writes an apostrophe before a text that a spreadsheet would take for a formula. */
const ESCAPED = /^'(?=[=+\-@＝＋－＠])/;

/** Undefined for an empty cell. A cell of another type stays a text, which the schema refuses. */
function valueOf(column: Column, cell: string, separator: string): string | number | boolean | undefined {
  const text = cell.trim().replace(ESCAPED, '');
  if (text === '') return undefined;
  if (column === 'accessible') return BOOLEANS.get(text.toLowerCase()) ?? text;
  const pattern = NUMBERS[column];
  const plain = pattern === DECIMAL && separator === ';' ? text.replace(',', '.') : text;
  return pattern?.test(plain) === true ? Number(plain) : text;
}

/** As spreadsheets and people write them. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', '1'].map((text) => [text, true] as const),
  ...['false', 'no', '0'].map((text) => [text, false] as const),
]);

const BATCH = 1_000;

/** The seats of a layout in batches, as `parseSeats` reads them. */
export async function* seatRows({ categories, sections }: Layout): AsyncGenerator<readonly CsvRow<Column>[]> {
  const prices = new Map(categories.map(({ key, price }) => [key, price]));
  let batch: CsvRow<Column>[] = [];
  for (const { name, rows } of sections)
    for (const { label: row, seats } of rows)
      for (const { label, x, y, category, accessible, companionOf, obstructedView, blocked, rank } of seats) {
        batch.push({
          section: name,
          row,
          seat: label,
          x,
          y,
          category,
          price: prices.get(category) ?? null,
          accessible: accessible === true ? 'true' : null,
          companionOf: companionOf ?? null,
          obstructedView: obstructedView ?? null,
          blocked: blocked ?? null,
          rank: rank ?? null,
        });
        if (batch.length < BATCH) continue;
        yield batch;
        await setImmediate(); // other requests run between two batches
        batch = [];
      }
  yield batch;
}
