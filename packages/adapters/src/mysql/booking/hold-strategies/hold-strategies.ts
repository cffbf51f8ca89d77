import type { HeldSeats, HoldRequest } from '@frontrow/application/ports/booking/seats.ts';
import type { LockMode } from '@frontrow/application/ports/shared/lock-mode.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../../schema/schema.ts';
import { updateHeld } from '../seat-rows.ts';
import { holdByConditionalWrite } from './hold-by-conditional-write.ts';
import { holdOptimistically } from './hold-optimistically.ts';
import { holdPessimistically } from './hold-pessimistically.ts';
import { holdTogether } from './hold-together.ts';

type HeldOrNot = Result<HeldSeats, SeatUnavailable>;
type HoldStrategy = {
  readonly holdRows: (
    db: Kysely<Database>,
    requests: readonly HoldRequest[],
    mode: LockMode,
  ) => Promise<readonly (HeldOrNot | null)[]>;
  /** What goes before the transaction: groups of requests, a lock in Redis (redis/seat-lock) or nothing. */
  readonly before: 'GROUP' | 'REDIS_LOCK' | 'NOTHING';
};

/** Five ways to the same answer: each runs the contract of `Seats`. All but the first hold each request by itself. */
export const HOLD_STRATEGIES = {
  grouped: { holdRows: holdTogether, before: 'GROUP' },
  'conditional-write': { holdRows: oneByOne(holdByConditionalWrite), before: 'NOTHING' },
  pessimistic: { holdRows: oneByOne(holdPessimistically), before: 'NOTHING' },
  optimistic: { holdRows: oneByOne(holdOptimistically), before: 'NOTHING' },
  // The rows are locked as well, because no guarantee may depend on a lock in Redis.
  'distributed-lock': { holdRows: oneByOne(holdPessimistically), before: 'REDIS_LOCK' },
} as const satisfies Readonly<Record<string, HoldStrategy>>;

export type SeatHoldStrategy = keyof typeof HOLD_STRATEGIES;
export const SEAT_HOLD_STRATEGIES = Object.keys(HOLD_STRATEGIES) as readonly SeatHoldStrategy[];
export const SEAT_HOLD_STRATEGY_DEFAULT: SeatHoldStrategy = 'grouped';

/** Waits for locks in every mode. */
function oneByOne(
  holdOne: (db: Kysely<Database>, request: HoldRequest) => Promise<HeldOrNot>,
): HoldStrategy['holdRows'] {
  return async (db, requests) => {
    const outcomes: HeldOrNot[] = [];
    for (const request of requests) {
      const outcome = await holdOne(db, request);
      outcomes.push(outcome);
      if (!outcome.ok && outcome.refusal.unavailableSeats.length < request.seatNumbers.length)
        await releaseRows(db, request);
    }
    return outcomes;
  };
}

/** A request that is refused for some of its seats may have written the others. */
async function releaseRows(db: Kysely<Database>, request: HoldRequest): Promise<void> {
  await updateHeld(db, request)
    .set({ status: 'AVAILABLE', reservation_id: null, hold_expires_at: null })
    .execute();
}
