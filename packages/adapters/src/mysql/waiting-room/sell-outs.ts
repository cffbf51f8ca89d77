import type { SellOutReads, SellOuts } from '@frontrow/application/ports/waiting-room/sell-outs.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type Kysely, sql } from 'kysely';
import { fromInstant, rowClock, statementClock, toInstant } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';
import { countDates } from './inventory.ts';

export function createMysqlSellOuts(db: Kysely<Database>): SellOuts {
  return {
    async lock(concertId) {
      // Inserting locks the row as well, and only a row that exists can be locked.
      await db
        .insertInto('room_checkpoint')
        .values({ concert_id: concertId, epoch: 0, updated_at: statementClock })
        .onDuplicateKeyUpdate({ concert_id: sql`room_checkpoint.concert_id` })
        .execute();
      const row = await db
        .selectFrom('room_checkpoint')
        .select(['sold_out_at', rowClock.as('as_of')])
        .where('concert_id', '=', concertId)
        .forUpdate()
        .executeTakeFirst();
      invariant(row !== undefined, 'a checkpoint is never deleted');
      const { sold_out_at: soldOutAt, as_of: asOf } = row;
      return {
        soldOutAt: soldOutAt === null ? null : toInstant(soldOutAt),
        dates: await countDates(db, concertId),
        asOf: toInstant(asOf),
      };
    },
    async save(concertId, soldOutAt) {
      await db
        .updateTable('room_checkpoint')
        .set({ sold_out_at: soldOutAt === null ? null : fromInstant(soldOutAt), updated_at: statementClock })
        .where('concert_id', '=', concertId)
        .execute();
    },
  };
}

export function createMysqlSellOutReads(db: Kysely<Database>): SellOutReads {
  return {
    async find(concertId) {
      const row = await db
        .selectFrom('room_checkpoint')
        .select('sold_out_at')
        .where('concert_id', '=', concertId)
        .executeTakeFirst();
      return row === undefined || row.sold_out_at === null ? null : toInstant(row.sold_out_at);
    },
  };
}
