import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { COUNTERS_PER_EPOCH, EPOCH_MAX, sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  queueStatus,
  queueStatusJson,
  roomState,
} from '../../../src/routes/waiting-room/queue-status-schema.ts';

const instant = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
const upTo = (max: number) => fc.option(fc.nat({ max }));
const status: fc.Arbitrary<QueueStatus> = fc.record(
  {
    concertId: fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }),
    status: fc.constantFrom(...queueStatus.shape.status.options),
    sequence: fc.integer({ min: sequenceOf(1, 1), max: sequenceOf(EPOCH_MAX - 1, COUNTERS_PER_EPOCH - 1) }),
    room: fc.constantFrom(...roomState.options),
    reason: fc.option(fc.string({ unit: 'binary' })),
    seatsReturned: upTo(1_000_000_000),
    position: upTo(1_000_000_000),
    parked: fc.boolean(),
    estimatedWaitSeconds: upTo(2 ** 31),
    pollAfterMs: upTo(40_000),
    issuedAt: instant,
    asOf: instant,
    sessionExpiresAt: fc.option(instant),
    token: fc.string(),
  },
  { requiredKeys: Object.keys(queueStatus.shape).filter((key) => key !== 'token') as 'status'[] },
) as fc.Arbitrary<QueueStatus>;

it('serialises every status in the shape of its schema', () => {
  fc.assert(
    fc.property(status, (of) => {
      const answer: unknown = JSON.parse(queueStatusJson(of));
      expect(queueStatus.strict().parse(answer)).toEqual(answer);
      expect(answer).toEqual({
        ...of,
        issuedAt: show(of.issuedAt),
        asOf: show(of.asOf),
        sessionExpiresAt: show(of.sessionExpiresAt),
      });
    }),
  );
});

function show(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
