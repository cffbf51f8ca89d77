import { loadInBulk, numbers } from './bulk-load.ts';
import { assertCount, concertIdSql, digitsSql } from './load-concerts.ts';

/** Reservations alternate between two concerts on sale; each belongs to another user. */
export const RESERVATIONS_PER_CONCERT = 100_000;
/** The newest reservations of a concert: holds that lapsed and are not swept, then live holds. */
export const LAPSED_HOLDS = 1_000;
export const LIVE_HOLDS = 2_000;
const CONCERTS = 2;

export const reservationIdAt = (number: number) => `${PREFIX}${String(number).padStart(16, '0')}`;
const PREFIX = '01JDRSVTNS';

/** Fills the empty table; the seats that `loadSeats` creates belong to other reservations. */
export async function loadReservations(mysqlUrl: string, firstConcert: number): Promise<void> {
  const total = RESERVATIONS_PER_CONCERT * CONCERTS;
  const live = total - LIVE_HOLDS * CONCERTS;
  const held = live - LAPSED_HOLDS * CONCERTS;
  await loadInBulk(mysqlUrl, async (connection) => {
    await connection.query(`insert into reservation
        (id, user_id, concert_id, concert_event_id, status, total_amount, sequence, created_at, hold_expires_at, extensions, payment_id, live_hold)
      with recursive
        ${numbers('hundreds', 0, total / 100)},
        ${numbers('units', 0, 100)},
        reservation_number (n) as (select h.n * 100 + u.n from hundreds h straight_join units u)
      select
        concat('${PREFIX}', ${digitsSql('n')}), concat('user-', left(sha2(n, 256), 32)), ${concertIdSql(`${firstConcert} + n % ${CONCERTS}`)}, 'an event',
        case when n >= ${held} then 'HELD' when n % 20 < 2 then 'EXPIRED' else 'CONFIRMED' end,
        100000, n, now(3), if(n >= ${live}, now(3) + interval 1 day, now(3) - interval 1 minute), 0,
        if(n < ${held} and n % 20 >= 2, 'a payment', null), if(n >= ${held}, 1, null)
      from reservation_number`);
    await connection.query('analyze table reservation');
    await assertCount(connection, 'reservation', total);
  });
}
