import type { PoolConnection } from 'mysql2/promise';
import { PRICE } from '../data/benchmark-sale.ts';
import type { CheckoutFacts } from './recorded-checkout.ts';

/** Written by hand for the comparison: one transaction with one statement for each table, and no rule of the domain. */
export async function holdGroup(
  connection: PoolConnection,
  concertId: string,
  group: readonly CheckoutFacts[],
): Promise<void> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 300_000);
  const ids = group.map(({ reservationId }) => reservationId);
  const digests = group.map(({ holdDigest }) => holdDigest);
  await inTransaction(connection, digests, [
    [
      `select number, price, status, hold_expires_at from seat force index (primary)
       where (concert_event_id, number) in (?) for update`,
      [group.map(({ eventId, seatNumber }) => [eventId, seatNumber])],
    ],
    [
      `insert into reservation (id, user_id, concert_id, concert_event_id, status, total_amount, sequence, created_at,
         hold_expires_at, extensions, live_hold) values ?`,
      [
        group.map(({ reservationId, userId, eventId, sequence }) => {
          const owner = [reservationId, userId, concertId, eventId];
          return [...owner, 'HELD', PRICE, sequence, now, expiresAt, 0, 1];
        }),
      ],
    ],
    [
      'insert into reservation_seat (reservation_id, seat_number) values ?',
      [group.map(({ reservationId, seatNumber }) => [reservationId, seatNumber])],
    ],
    [
      `update reservation r straight_join reservation_seat rs on rs.reservation_id = r.id
         straight_join seat s on s.concert_event_id = r.concert_event_id and s.number = rs.seat_number
       set s.status = 'HELD', s.reservation_id = r.id, s.hold_expires_at = r.hold_expires_at where r.id in (?)`,
      [ids],
    ],
  ]);
}

export async function payGroup(
  connection: PoolConnection,
  concertId: string,
  group: readonly CheckoutFacts[],
): Promise<void> {
  const now = new Date();
  const ids = group.map(({ reservationId }) => reservationId);
  const users = group.map(({ userId }) => userId);
  const seats = group.map(({ eventId, seatNumber }) => [eventId, seatNumber]);
  const digests = group.map(({ payDigest }) => payDigest);
  await inTransaction(connection, digests, [
    [
      'select number from seat force index (primary) where (concert_event_id, number) in (?) for update',
      [seats],
    ],
    ['select status, hold_expires_at from reservation where id in (?) for update', [ids]],
    ['select balance from wallet where user_id in (?) for update', [users]],
    [
      'update wallet set balance = balance - ?, entry_count = entry_count + 1 where user_id in (?)',
      [PRICE, users],
    ],
    [
      `insert into wallet_entry (user_id, entry_number, id, kind, amount, balance_after, payment_id, created_at) values ?`,
      [
        group.map(({ userId, entryId, paymentId }) => [
          userId,
          2,
          entryId,
          'PAYMENT',
          -PRICE,
          0,
          paymentId,
          now,
        ]),
      ],
    ],
    [
      'insert into payment (id, reservation_id, user_id, amount, balance_after, paid_at) values ?',
      [
        group.map(({ paymentId, reservationId, userId }) => [
          paymentId,
          reservationId,
          userId,
          PRICE,
          0,
          now,
        ]),
      ],
    ],
    [
      `update seat force index (primary) set status = 'SOLD', hold_expires_at = null
       where (concert_event_id, number) in (?)`,
      [seats],
    ],
    [
      `update reservation r straight_join payment p on p.reservation_id = r.id
       set r.status = 'CONFIRMED', r.live_hold = null, r.payment_id = p.id where r.id in (?)`,
      [ids],
    ],
    [
      'insert into queue_end (concert_id, user_id, sequence, reason, created_at) values ?',
      [group.map(({ userId, sequence }) => [concertId, userId, sequence, 'COMPLETED', now])],
    ],
    [
      'insert into outbox (kind, payload, created_at, due_at) values ?',
      [
        group.map(({ userId, sequence }) => [
          'QUEUE_END',
          JSON.stringify({ concertId, userId, sequence }),
          now,
          now,
        ]),
      ],
    ],
  ]);
}

type Statement = readonly [sql: string, values: unknown[]];

/** Claims the idempotency keys before the statements, and stores the answers behind them. */
async function inTransaction(
  connection: PoolConnection,
  digests: readonly Buffer[],
  statements: readonly Statement[],
): Promise<void> {
  const now = new Date();
  const keys = digests.map((digest) => [digest, 'f'.repeat(64), now]);
  await connection.query('begin');
  await connection.query('insert into idempotency_key (request_digest, fingerprint, created_at) values ?', [
    keys,
  ]);
  for (const [sql, values] of statements) await connection.query(sql, values);
  await connection.query('update idempotency_key set answer = ? where request_digest in (?)', [
    '{}',
    digests,
  ]);
  await connection.query('commit');
}
