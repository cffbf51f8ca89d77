import type { Ticket } from '@frontrow/domain/queue-token.ts';
import type { Connection } from 'mysql2/promise';
import type { World } from '../harness/world.ts';
import { newUserIds } from '../waiting-room/crowd.ts';

const HOUR_MS = 3_600_000;
export const PRICE = 100_000;
const JOINS_AT_ONCE = 100;
const ROWS_AT_ONCE = 1_000;

export type Fan = { readonly userId: string; readonly token: string; readonly ticket: Ticket };
/** A date on sale, as many fans with active tickets as it has seats, each with the price of one in the wallet. */
export type Sale = { readonly concertId: string; readonly eventId: string; readonly fans: readonly Fan[] };

export async function openSale(world: World, db: Connection, seatCount: number): Promise<Sale> {
  const { concertId, eventId } = await openDate(world, seatCount);
  const userIds = newUserIds(seatCount);
  const fans: Fan[] = [];
  for (let from = 0; from < seatCount; from += JOINS_AT_ONCE) {
    const some = userIds.slice(from, from + JOINS_AT_ONCE);
    fans.push(...(await Promise.all(some.map((userId) => admit(world, concertId, userId)))));
  }
  await fillWallets(world, db, userIds);
  return { concertId, eventId, fans };
}

async function openDate({ application, ports }: World, seatCount: number) {
  const facts = { title: 'Winter Light', artist: 'The Night Owls', description: '', request: null };
  const concert = await application.createConcert(facts);
  if (!concert.ok) throw new Error('the concert was refused');
  const concertId = concert.value.value.id;
  const now = ports.clock.now();
  const event = await application.createEvent({
    concertId,
    venue: 'Olympic Hall',
    startsAt: now + 48 * HOUR_MS,
    reservationStartAt: now - HOUR_MS,
    reservationEndAt: now + 24 * HOUR_MS,
    refundUntil: null,
    seatCount,
    price: PRICE,
    request: null,
  });
  if (!event.ok) throw new Error('the date was refused');
  // So wide a window that everyone is let in on joining.
  await application.changePolicy({ concertId, admission: { batchSize: 2 * seatCount }, hold: {} });
  return { concertId, eventId: event.value.value.id };
}

async function admit({ application, ports }: World, concertId: string, userId: string): Promise<Fan> {
  const issued = await application.issueQueueToken({ concertId, userId });
  if (!issued.ok || issued.value.status.status !== 'ACTIVE') throw new Error(`${userId} was not let in`);
  const token = issued.value.status.token ?? '';
  const ticket = ports.tokenSigner.verify(token);
  if (ticket === null) throw new Error('the ticket is not signed by us');
  return { userId, token, ticket };
}

/** Each as after one charge. */
async function fillWallets({ ports }: World, db: Connection, userIds: readonly string[]): Promise<void> {
  const now = new Date();
  for (let from = 0; from < userIds.length; from += ROWS_AT_ONCE) {
    const some = userIds.slice(from, from + ROWS_AT_ONCE);
    await db.query('insert into wallet (user_id, balance, entry_count) values ?', [
      some.map((userId) => [userId, PRICE, 1]),
    ]);
    await db.query(
      `insert into wallet_entry
         (user_id, entry_number, id, kind, amount, balance_after, payment_id, created_at) values ?`,
      [some.map((userId) => [userId, 1, ports.ids.next(), 'CHARGE', PRICE, PRICE, null, now])],
    );
  }
}
