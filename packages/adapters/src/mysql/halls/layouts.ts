import { numberedSeatsOf } from '@frontrow/application/halls/find-event-layout.ts';
import type { LayoutReads, Layouts } from '@frontrow/application/ports/halls/layouts.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { Kysely } from 'kysely';
import { statementClock } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';
import { concertOfEvent } from '../shared/concert-of-row.ts';
import { readDocument, writeDocument } from './layout-document.ts';

export function createMysqlLayoutReads(db: Kysely<Database>): LayoutReads {
  return {
    async find({ eventId, version }) {
      const row = await db
        .selectFrom('event_layout')
        .select('document')
        .where('concert_event_id', '=', eventId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row === undefined ? null : readDocument(row.document);
    },
  };
}

export function createMysqlLayouts(db: Kysely<Database>): Layouts {
  return {
    ...createMysqlLayoutReads(db),
    async add({ eventId, version }, layout) {
      const written = await writeDocument(layout);
      await db
        .insertInto('event_layout')
        .values({
          concert_event_id: eventId,
          concert_id: concertOfEvent(eventId),
          version,
          ...written,
          categories: JSON.stringify(countByCategory(layout)),
          created_at: statementClock,
        })
        .execute();
      return written.digest.toString('hex');
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
