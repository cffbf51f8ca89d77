import { TABLES } from '@frontrow/adapters/mysql/schema/fill/batches.ts';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { ConcertOnSale } from './concert-on-sale.ts';
import { drawHall } from './halls.ts';
import { unwrap } from './results.ts';
import type { SaleFixture } from './sale-fixture.ts';
import { BY_STAFF } from './staff.ts';

/** A sale that has rows in each table whose rows name their concert, and the reservation that has most of them. */
export async function sellWithEverything(
  steps: SaleFixture,
): Promise<{ sale: ConcertOnSale; userId: string; reservationId: string }> {
  const { app } = steps;
  const sale = await steps.openSale({ event: { layout: drawHall({ Stalls: ['........'] }) } });
  const cancelled = await steps.addDate(sale, {});
  unwrap(await app.cancelEvent({ eventId: cancelled.id, reason: 'Rain', by: BY_STAFF }));
  const { fan, reservation } = await steps.createHold(sale, [1, 2, 3]);
  const { userId } = fan;
  await steps.pay(userId, reservation.id); // fails: the wallet is empty
  unwrap(await app.extendHold({ userId, reservationId: reservation.id, request: steps.newRequest(userId) }));
  await steps.charge(userId, reservation.totalAmount);
  unwrap(await steps.pay(userId, reservation.id));
  unwrap(await steps.refund(userId, reservation.id, [3]));
  const [ticket] = unwrap(await app.listEntryTickets({ userId, reservationId: reservation.id }));
  const scan = { code: ticket!.code!, eventId: null, gate: null, actor: 'staff' };
  unwrap(await app.checkInTicket({ ...scan, request: steps.newRequest('staff') }));
  return { sale, userId, reservationId: reservation.id };
}

/** Makes all rows those of a version that did not write their concert. */
export async function forgetConcerts(connection: Connection): Promise<void> {
  for (const table of TABLES) await connection.query('update ?? set concert_id = null', [table]);
}

/** The concerts of the rows of each table, in the order of its primary key. */
export async function readConcerts(connection: Connection): Promise<Readonly<Record<string, string[]>>> {
  const concerts: Record<string, string[]> = {};
  for (const table of TABLES) {
    const [rows] = await connection.query<RowDataPacket[]>(
      'select concert_id from ?? force index (primary)',
      [table],
    );
    concerts[table] = rows.map((row) => String(row['concert_id']));
  }
  return concerts;
}
