import type { Concerts } from '@frontrow/application/ports/catalog/catalog.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type Kysely, sql } from 'kysely';
import { fromInstant } from '../connection/columns.ts';
import { toPolicy } from './policies.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlConcerts(db: Kysely<Database>): Concerts {
  return {
    async add({ id, title, artist, description }, policy) {
      await db
        .insertInto('concert')
        .values({ id, title, artist, description, policy: JSON.stringify(policy), room_version: 1 })
        .execute();
    },
    async addEvent(event) {
      await db
        .insertInto('concert_event')
        .values({
          id: event.id,
          concert_id: event.concertId,
          venue: event.venue,
          starts_at: fromInstant(event.startsAt),
          reservation_start_at: fromInstant(event.reservationStartAt),
          reservation_end_at: fromInstant(event.reservationEndAt),
          refund_until: fromInstant(event.refundUntil),
          seat_count: event.seatCount,
          price: event.price,
        })
        .execute();
      await addSeats(db, event);
      await raiseRoomVersion(db, event.concertId).execute();
    },
    async lockPolicy(id) {
      const row = await db
        .selectFrom('concert')
        .select('policy')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? null : toPolicy(row.policy);
    },
    async savePolicy(id, policy) {
      await raiseRoomVersion(db, id)
        .set({ policy: JSON.stringify(policy) })
        .execute();
    },
  };
}

/** Adds all seats by one statement. The hint raises the server's limit of 1,000 recursions. */
async function addSeats(db: Kysely<Database>, { id, seatCount, price }: ConcertEvent): Promise<void> {
  await sql`insert /*+ set_var(cte_max_recursion_depth = ${sql.lit(seatCount)}) */ into seat (concert_event_id, number, price)
    with recursive numbers (number) as (
      select 1 union all select number + 1 from numbers where number < ${seatCount}
    )
    select ${id}, number, ${price} from numbers`.execute(db);
}

function raiseRoomVersion(db: Kysely<Database>, id: ConcertId) {
  return db
    .updateTable('concert')
    .set((eb) => ({ room_version: eb('room_version', '+', 1) }))
    .where('id', '=', id);
}
