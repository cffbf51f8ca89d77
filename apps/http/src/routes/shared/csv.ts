import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

const CSV = 'text/csv';

/** The query of a list that is also a CSV file. */
export const formatQuery = z
  .enum(['json', 'csv'])
  .optional()
  .meta({ description: '`csv` is the whole list without pages; so is `Accept: text/csv`' });

/** The answers of a list that is also a CSV file. */
export function listOrCsv<Page extends z.ZodType>(page: Page, example: string) {
  return {
    description: 'As JSON or as a CSV file',
    content: {
      'application/json': { schema: page },
      [CSV]: { schema: z.string().meta({ examples: [example] }) },
    },
  };
}

export function wantsCsv(
  { headers }: FastifyRequest,
  { format }: { readonly format?: 'json' | 'csv' | undefined },
): boolean {
  return format === undefined ? /(^|[\s,])text\/csv\b/i.test(headers.accept ?? '') : format === 'csv';
}

type Cell = string | number | null;
export type CsvRow<Column extends string> = Readonly<Record<Column, Cell>>;

/**
 * Streams rows as RFC 4180 CSV, in bounded memory, at the pace of the client. A text that a spreadsheet would take for a
 * formula begins with an apostrophe. An error in between ends the connection, so that no client takes a part for the whole.
 */
export function sendCsv<Column extends string>(
  reply: FastifyReply,
  { name, columns }: { readonly name: string; readonly columns: readonly Column[] },
  batches: AsyncIterable<readonly CsvRow<Column>[]>,
): FastifyReply {
  return reply
    .type(`${CSV}; charset=utf-8`)
    .header('Content-Disposition', `attachment; filename="${name}.csv"`)
    .send(Readable.from(textOf(columns, batches)));
}

async function* textOf<Column extends string>(
  columns: readonly Column[],
  batches: AsyncIterable<readonly CsvRow<Column>[]>,
): AsyncGenerator<string> {
  const options = { columns: [...columns], escape_formulas: true, record_delimiter: 'windows' } as const;
  yield stringify([[...columns]], { record_delimiter: 'windows' });
  for await (const batch of batches) if (batch.length > 0) yield stringify([...batch], options);
}
