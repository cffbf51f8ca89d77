import type { HeldSeats, HoldRequest } from '@frontrow/application/ports/booking/seats.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/rejections.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../../schema/schema.ts';
import { holdByConditionalWrite } from './hold-by-conditional-write.ts';
import { holdOptimistically } from './hold-optimistically.ts';
import { holdPessimistically } from './hold-pessimistically.ts';

export const SEAT_HOLD_STRATEGIES = [
  'conditional-write',
  'pessimistic',
  'optimistic',
  'distributed-lock',
] as const;
export type SeatHoldStrategy = (typeof SEAT_HOLD_STRATEGIES)[number];

export type HoldRows = (
  db: Kysely<Database>,
  request: HoldRequest,
) => Promise<Result<HeldSeats, SeatUnavailable>>;

/** Four ways to the same answer: the contract of the port is run against each. */
export const HOLD_ROWS = {
  'conditional-write': holdByConditionalWrite,
  pessimistic: holdPessimistically,
  optimistic: holdOptimistically,
  // The lock is taken before the transaction begins, and nothing depends on it: here the rows are locked as ever.
  'distributed-lock': holdPessimistically,
} satisfies Record<SeatHoldStrategy, HoldRows>;
