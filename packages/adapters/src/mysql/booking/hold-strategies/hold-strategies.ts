import type { HeldSeats, HoldRequest } from '@frontrow/application/ports/booking/seats.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/rejections.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../../schema/schema.ts';
import { holdByConditionalWrite } from './hold-by-conditional-write.ts';
import { holdOptimistically } from './hold-optimistically.ts';
import { holdPessimistically } from './hold-pessimistically.ts';

type HoldStrategy = {
  readonly holdRows: (
    db: Kysely<Database>,
    request: HoldRequest,
  ) => Promise<Result<HeldSeats, SeatUnavailable>>;
  /** The lock before the transaction: CONTENDED (contended-seat-lock.ts), REDIS (redis/seat-lock) or NONE. */
  readonly seatLock: 'CONTENDED' | 'REDIS' | 'NONE';
};

/** Four ways to the same answer: each runs the contract of `Seats`. */
export const HOLD_STRATEGIES = {
  'conditional-write': { holdRows: holdByConditionalWrite, seatLock: 'CONTENDED' },
  pessimistic: { holdRows: holdPessimistically, seatLock: 'NONE' },
  optimistic: { holdRows: holdOptimistically, seatLock: 'NONE' },
  // The rows are locked as well, because no guarantee may depend on a lock in Redis.
  'distributed-lock': { holdRows: holdPessimistically, seatLock: 'REDIS' },
} as const satisfies Readonly<Record<string, HoldStrategy>>;

export type SeatHoldStrategy = keyof typeof HOLD_STRATEGIES;
export const SEAT_HOLD_STRATEGIES = Object.keys(HOLD_STRATEGIES) as readonly SeatHoldStrategy[];
export const SEAT_HOLD_STRATEGY_DEFAULT: SeatHoldStrategy = 'conditional-write';
