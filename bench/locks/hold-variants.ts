import { type Mysql, openMysql } from '@frontrow/adapters/mysql/connection/open-mysql.ts';
import { createMysqlSeatReads } from '@frontrow/adapters/mysql/booking/seat-reads.ts';
import { createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import {
  SEAT_HOLD_STRATEGIES,
  SEAT_HOLD_STRATEGY_DEFAULT as DEFAULT,
  openSeatLock,
} from '@frontrow/adapters/open-ports.ts';
import type { SeatHoldStrategy } from '@frontrow/adapters/mysql/booking/hold-strategies/hold-strategies.ts';
import { openRedis, openSubscriber } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createNoSeatLock } from '@frontrow/adapters/system/no-seat-lock.ts';
import { UNTRACED } from '@frontrow/application/ports/shared/traces.ts';
import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';
import type { Transact } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { createFindEventLayout } from '@frontrow/application/halls/find-event-layout.ts';
import { createFindHall } from '@frontrow/application/halls/find-hall.ts';
import { createHoldSeats } from '@frontrow/application/use-cases/booking/hold-seats.ts';
import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import type { Testbed } from '../harness/testbed.ts';

export const POOL_SIZE = 10;
const POOL_LIMITS = { acquireTimeoutMs: 60_000, waitersMax: 10_000 };

export type ContendedRequest = {
  readonly concertId: string;
  readonly eventId: string;
  readonly userId: string;
  readonly seat: number;
  readonly key: string;
  /** How many users send a request at the same moment. */
  readonly users: number;
};

/** One implementation of a contended hold: a strategy of the service, or the loop written by hand. */
export type HoldVariant = {
  readonly name: string;
  /** Whether the seat is held for the user; throws on any other refusal than SEAT_UNAVAILABLE. */
  hold(request: ContendedRequest): Promise<boolean>;
  /** How many transactions it has started so far; by hand, how often it has tried to take the lock. */
  attempts(): number;
};

export type Strategies = {
  readonly mysql: Mysql;
  readonly transact: Transact;
  readonly variants: readonly HoldVariant[];
  close(): Promise<void>;
};

/** Builds the use case for each strategy on one pool, with a waiting room that reports every place as ACTIVE. */
export async function openStrategies(testbed: Testbed): Promise<Strategies> {
  const mysql = openMysql({ url: testbed.mysqlUrl, poolSize: POOL_SIZE, ...POOL_LIMITS });
  const redisOptions = { url: testbed.redisUrl, onError: () => undefined };
  const [redis, subscriber] = [await openRedis(redisOptions), await openSubscriber(redisOptions)];
  const keys = createKeys('bench-locks');
  const logger = createLogger('warn');

  const variant = (
    name: string,
    seatHoldStrategy: SeatHoldStrategy,
    seatLock: SeatLock | null,
  ): HoldVariant => {
    let attempts = 0;
    const { transact } = createMysqlPorts(mysql.db, { seatHoldStrategy });
    const seatReads = createMysqlSeatReads(mysql.coalescedDb);
    const holdSeats = createHoldSeats({
      transact: (work, subject) => {
        attempts += 1;
        return transact(work, subject);
      },
      seatReads,
      waitingRoom: admitEveryone(testbed.ports.waitingRoom),
      seatLock,
      ids: testbed.ports.ids,
      traces: UNTRACED,
      findHall: createFindHall(createFindEventLayout(testbed.ports.layoutReads)),
    });
    return {
      name,
      async hold({ concertId, eventId, userId, seat, key }) {
        const facts = { concertId, userId, sequence: 2 ** 40 + 1, issuedAt: 0, sessionExpiresAt: Infinity };
        const request = { userId, operation: 'POST /v1/reservations', key, fingerprint: 'f'.repeat(64) };
        const held = await holdSeats({ userId, eventId, seatNumbers: [seat], ticket: facts, request });
        if (!held.ok && held.refusal.code !== 'SEAT_UNAVAILABLE') throw new Error(held.refusal.code);
        return held.ok;
      },
      attempts: () => attempts,
    };
  };
  const variants: HoldVariant[] = [];
  for (const strategy of SEAT_HOLD_STRATEGIES)
    variants.push(
      variant(strategy, strategy, await openSeatLock(strategy, { redis, subscriber, keys, logger })),
    );
  // The statements of the default without groups show what these save.
  variants.push(variant(`${DEFAULT}, each hold alone`, DEFAULT, createNoSeatLock()));
  return {
    mysql,
    transact: createMysqlPorts(mysql.db, { seatHoldStrategy: DEFAULT }).transact,
    variants,
    async close() {
      await mysql.close();
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

/** Excludes the waiting room from the comparison, because the hand-written loop has none. */
function admitEveryone(waitingRoom: Testbed['ports']['waitingRoom']): Testbed['ports']['waitingRoom'] {
  return { ...waitingRoom, checkIn: activeStatus, freshStatus: activeStatus };
}

const activeStatus: Testbed['ports']['waitingRoom']['checkIn'] = async ({
  concertId,
  userId,
  sequence,
  issuedAt,
}) => ({
  token: { concertId, userId, sequence, issuedAt, status: 'ACTIVE', sessionExpiresAt: Infinity },
  room: UNKNOWN_ROOM,
  asOf: 0,
});
