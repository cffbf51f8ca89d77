import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import type { EndReason } from '@frontrow/domain/waiting-room/queue-token.ts';
import * as fc from 'fast-check';

/** `nth` counts the tickets that have been issued, from the latest. The fans of a list come at the same moment, in its order. */
export type RoomStep =
  | { readonly kind: 'JOIN'; readonly users: readonly number[] }
  | { readonly kind: 'CHECK_IN'; readonly nths: readonly number[] }
  | { readonly kind: 'READ'; readonly nth: number }
  | { readonly kind: 'END'; readonly ends: readonly EndOfTicket[] }
  | { readonly kind: 'ADMIT' | 'EXPIRE' }
  /** `isSaved`: the database has the watermark of the moment of the loss, not an older one. */
  | { readonly kind: 'LOSE_REDIS'; readonly isSaved: boolean }
  | { readonly kind: 'WAIT'; readonly ms: number }
  /** Until the next moment at which time alone changes a place, or 1 ms before it. */
  | { readonly kind: 'WAIT_FOR_DEADLINE'; readonly offsetMs: 0 | -1 }
  | { readonly kind: 'BEGIN_COUNT' }
  /** `nthCount` counts the counts that have begun, from the latest. The booking windows end `endsInMs` from now. */
  | {
      readonly kind: 'COUNT';
      readonly nthCount: number;
      readonly sellable: number;
      readonly dates: readonly { readonly unsold: number; readonly endsInMs: number }[];
    }
  | { readonly kind: 'CHANGE'; readonly policy: Partial<AdmissionPolicy> };

/** `soldSeats` counts for COMPLETED only. */
export type EndOfTicket = { readonly nth: number; readonly reason: EndReason; readonly soldSeats: number };

export type RoomStepOf<Kind extends RoomStep['kind']> = Extract<RoomStep, { readonly kind: Kind }>;

const USERS = 6;
/** The users of a crowd, of whom some come twice. */
const CROWD = 80;
const TICKETS = 12;

/** Durations and waits are multiples of this, so that several deadlines often coincide. */
const STEP_MS = 50;
const durationMs = fc.integer({ min: 2, max: 8 }).map((steps) => steps * STEP_MS);

const policyFields = {
  state: fc.constantFrom('RUNNING', 'RUNNING', 'RUNNING', 'PAUSED'),
  batchSize: fc.integer({ min: 1, max: 4 }),
  intervalMs: durationMs,
  reason: fc.constant(null),
  shape: fc.constantFrom('batch', 'smooth'),
  maxActive: fc.option(fc.integer({ min: 1, max: 4 })),
  sellableFactor: fc.option(fc.constantFrom(0.5, 1, 2), { freq: 1 }),
  sessionTtlMs: durationMs,
  claimTtlMs: durationMs,
  parkRetentionMs: durationMs,
  recoveryGraceMs: durationMs,
} satisfies { readonly [Field in keyof AdmissionPolicy]: fc.Arbitrary<AdmissionPolicy[Field]> };

const nth = fc.nat({ max: TICKETS - 1 });
/** 1, 2 or 64 of them. */
function batch<T>(one: fc.Arbitrary<T>, oneOfCrowd = one): fc.Arbitrary<readonly T[]> {
  const exactly = (count: number, each: fc.Arbitrary<T>) =>
    fc.array(each, { minLength: count, maxLength: count });
  return fc.oneof(
    { weight: 12, arbitrary: exactly(1, one) },
    { weight: 5, arbitrary: exactly(2, one) },
    { weight: 1, arbitrary: exactly(64, oneOfCrowd) },
  );
}
const join = fc.record({
  kind: fc.constant('JOIN' as const),
  users: batch(fc.nat({ max: USERS - 1 }), fc.nat({ max: CROWD - 1 })),
});
const nthOfCrowd = fc.nat({ max: CROWD - 1 });
const checkIn = fc.record({ kind: fc.constant('CHECK_IN' as const), nths: batch(nth, nthOfCrowd) });
const read = fc.record({ kind: fc.constant('READ' as const), nth });
const endOf = (ticket: fc.Arbitrary<number>) =>
  fc.record({
    nth: ticket,
    reason: fc.constantFrom<EndReason>('COMPLETED', 'LEFT', 'EXPIRED'),
    soldSeats: fc.nat({ max: 2 }),
  });
const end = fc.record({ kind: fc.constant('END' as const), ends: batch(endOf(nth), endOf(nthOfCrowd)) });
const tick = fc.record({ kind: fc.constantFrom('ADMIT' as const, 'ADMIT' as const, 'EXPIRE' as const) });
const wait = fc.record({
  kind: fc.constant('WAIT' as const),
  ms: fc.integer({ min: 1, max: 8 }).map((steps) => steps * STEP_MS),
});
const waitForDeadline = fc.record({
  kind: fc.constant('WAIT_FOR_DEADLINE' as const),
  offsetMs: fc.constantFrom(0 as const, -1 as const),
});
const beginCount = fc.record({ kind: fc.constant('BEGIN_COUNT' as const) });
const count = fc.record({
  kind: fc.constant('COUNT' as const),
  nthCount: fc.constantFrom(0, 0, 0, 1),
  sellable: fc.nat({ max: 4 }),
  dates: fc.array(fc.record({ unsold: fc.nat({ max: 3 }), endsInMs: durationMs }), { maxLength: 3 }),
});
const change = fc.record({
  kind: fc.constant('CHANGE' as const),
  policy: fc.record(policyFields, { requiredKeys: [] }),
});
const loss = fc.record({ kind: fc.constant('LOSE_REDIS' as const), isSaved: fc.boolean() });

export type RoomHistory = { readonly policy: AdmissionPolicy; readonly steps: readonly RoomStep[] };

export function roomHistories({ canLose }: { readonly canLose: boolean }): fc.Arbitrary<RoomHistory> {
  const weighted = [
    { weight: 6, arbitrary: join },
    { weight: 6, arbitrary: checkIn },
    { weight: 3, arbitrary: read },
    { weight: 2, arbitrary: end },
    { weight: 6, arbitrary: tick },
    { weight: 3, arbitrary: wait },
    { weight: 3, arbitrary: waitForDeadline },
    { weight: 2, arbitrary: beginCount },
    { weight: 2, arbitrary: count },
    { weight: 1, arbitrary: change },
    { weight: canLose ? 2 : 0, arbitrary: loss },
  ];
  const steps = fc.array(fc.oneof(...weighted), { minLength: 10, maxLength: 60, size: 'max' });
  return fc.record({ policy: fc.record(policyFields), steps });
}
