import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { numberedSeatsOf } from '@frontrow/application/halls/find-event-layout.ts';
import type { LayoutReads, Layouts } from '@frontrow/application/ports/halls/layouts.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { Kysely } from 'kysely';
import { statementClock } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

export function createMysqlLayoutReads(db: Kysely<Database>): LayoutReads {
  return {
    async find({ eventId, version }) {
      const row = await db
        .selectFrom('event_layout')
        .select('document')
        .where('concert_event_id', '=', eventId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row === undefined ? null : toLayout(row.document);
    },
  };
}

export function createMysqlLayouts(db: Kysely<Database>): Layouts {
  return {
    ...createMysqlLayoutReads(db),
    async add({ eventId, version }, layout) {
      const json = JSON.stringify(layout);
      const digest = hash('sha256', json);
      await db
        .insertInto('event_layout')
        .values({
          concert_event_id: eventId,
          version,
          document: await compress(json),
          digest: Buffer.from(digest, 'hex'),
          categories: JSON.stringify(countByCategory(layout)),
          created_at: statementClock,
        })
        .execute();
      return digest;
    },
  };
}

/** What the audit compares the seats with, because SQL cannot read the document. */
function countByCategory(layout: Layout) {
  const { category: categoryOfSeat, categories } = numberedSeatsOf(layout);
  const seatCounts = categories.map(() => 0);
  for (const category of categoryOfSeat) seatCounts[category]! += 1;
  return categories.map(({ price }, index) => ({ price, seatCount: seatCounts[index] }));
}

async function toLayout(document: Buffer): Promise<Layout> {
  return JSON.parse((await decompress(document)).toString()) as Layout;
}
