import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUlidGenerator } from '@frontrow/adapters/system/id-generator.ts';
import { Redis } from 'ioredis';
import { type PoolConnection, type RowDataPacket, createPool } from 'mysql2/promise';
import type { Testbed } from '../harness/testbed.ts';
import { POOL_SIZE, type HoldVariant, type ContendedRequest } from './hold-variants.ts';

const LOCK_TTL_MS = 5_000;
/**
 * The upper limit of the pause before the next attempt, in ms; the pause doubles up to it, and half of it is random. It
 * grows with the number of users, whose attempts would otherwise saturate Redis and this process. The fastest of seven
 * rules measured at 100, 1,000 and 5,000 users.
 */
const pauseMaxMsFor = (users: number) => Math.max(10, users / 12);
const HOLD_MS = 3_600_000;

const UNLOCK = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

const ids = createUlidGenerator();

/** A lock written by hand: SET NX until it succeeds, then SELECT … FOR UPDATE and the statements of the service. */
export async function openHandWritten(testbed: Testbed): Promise<HoldVariant & { close(): Promise<void> }> {
  const pool = createPool({
    uri: testbed.mysqlUrl,
    connectionLimit: POOL_SIZE,
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  pool.pool.on('connection', (connection) =>
    connection.query(`set session time_zone = '+00:00', transaction_isolation = 'READ-COMMITTED'`),
  );
  const redis = new Redis(testbed.redisUrl);
  let attempts = 0;

  async function lock(key: string, pauseMaxMs: number): Promise<string> {
    const owner = ids.next();
    for (let pauseMs = pauseMaxMs / 16; ; pauseMs = Math.min(2 * pauseMs, pauseMaxMs)) {
      attempts += 1;
      if ((await redis.set(key, owner, 'PX', LOCK_TTL_MS, 'NX')) === 'OK') return owner;
      await sleep(pauseMs * (0.5 + Math.random() / 2));
    }
  }

  return {
    name: 'by hand: SET NX, FOR UPDATE',
    async hold(request) {
      const key = `by-hand:${request.eventId}:${request.seat}`;
      const owner = await lock(key, pauseMaxMsFor(request.users));
      try {
        const connection = await pool.getConnection();
        try {
          return await holdInTransaction(connection, request);
        } finally {
          connection.release();
        }
      } finally {
        await redis.eval(UNLOCK, 1, key, owner);
      }
    },
    attempts: () => attempts,
    async close() {
      await pool.end();
      redis.disconnect();
    },
  };
}

async function holdInTransaction(connection: PoolConnection, request: ContendedRequest): Promise<boolean> {
  await connection.query('begin');
  const isHeld = await holdRows(connection, request);
  await connection.query(isHeld ? 'commit' : 'rollback');
  return isHeld;
}

async function holdRows(connection: PoolConnection, request: ContendedRequest): Promise<boolean> {
  const { concertId, eventId, userId, seat, key } = request;
  const digest = createHash('sha256').update(`${userId} ${key}`).digest();
  const read = async (sql: string, values: unknown[]) =>
    (await connection.query<RowDataPacket[]>(sql, values))[0];
  await connection.query(
    `insert into idempotency_key (request_digest, fingerprint, created_at) values (?, ?, now(3))
     on duplicate key update replay_count = replay_count + 1`,
    [digest, 'f'.repeat(64)],
  );
  await read(
    `select concert_event.*, concert.policy, now(3) as as_of from concert_event
     join concert on concert.id = concert_event.concert_id where concert_event.id = ?`,
    [eventId],
  );
  const [row] = await read(
    `select concert_event_id, number, price, status, reservation_id, hold_expires_at, sysdate(3) as locked_at
     from seat force index (primary) where concert_event_id = ? and number in (?) order by number for update`,
    [eventId, seat],
  );
  if (row?.['status'] !== 'AVAILABLE') return false;

  const id = ids.next();
  const now = new Date();
  const expiresAt = new Date(now.getTime() + HOLD_MS);
  await connection.query(
    `update seat set status = 'HELD', reservation_id = ?, hold_expires_at = ?
     where concert_event_id = ? and number in (?)`,
    [id, expiresAt, eventId, seat],
  );
  await read(
    `select id from reservation where concert_id = ? and user_id = ? and live_hold = 1 and hold_expires_at <= now(3)`,
    [concertId, userId],
  );
  await connection.query(
    `insert into reservation (id, user_id, concert_id, concert_event_id, status, total_amount, sequence, created_at,
       hold_expires_at, extensions, live_hold) values (?, ?, ?, ?, 'HELD', ?, ?, ?, ?, 0, 1)`,
    [id, userId, concertId, eventId, row['price'], 2 ** 40 + 1, now, expiresAt],
  );
  await connection.query('insert into reservation_seat (reservation_id, seat_number) values (?, ?)', [
    id,
    seat,
  ]);
  await read('select reason from queue_end where concert_id = ? and user_id = ? and sequence = ?', [
    concertId,
    userId,
    2 ** 40 + 1,
  ]);
  await connection.query('update idempotency_key set answer = ? where request_digest = ?', [
    JSON.stringify({ id, seatNumbers: [seat], holdExpiresAt: expiresAt.getTime() }),
    digest,
  ]);
  return true;
}
