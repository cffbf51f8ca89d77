import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvariantViolation } from '../../src/shared/invariant.ts';
import {
  EPOCH_MAX,
  type QueueToken,
  epochOf,
  isEnded,
  mayEnter,
  sequenceOf,
} from '../../src/waiting-room/queue-token.ts';

const COUNTER_MAX = 2 ** 40 - 1;
const epoch = fc.integer({ min: 1, max: EPOCH_MAX });
const counter = fc.integer({ min: 1, max: COUNTER_MAX });

describe('a sequence', () => {
  it('is a safe integer and has its epoch', () => {
    fc.assert(
      fc.property(epoch, counter, (e, c) => {
        const sequence = sequenceOf(e, c);
        expect(Number.isSafeInteger(sequence)).toBe(true);
        expect([epochOf(sequence), sequence - sequenceOf(e, 1)]).toEqual([e, c - 1]);
      }),
    );
    expect(epochOf(sequenceOf(EPOCH_MAX, COUNTER_MAX))).toBe(EPOCH_MAX);
  });

  it('orders by epoch first, so that no sequence is drawn twice', () => {
    fc.assert(
      fc.property(epoch, counter, epoch, counter, (e1, c1, e2, c2) => {
        expect(Math.sign(sequenceOf(e1, c1) - sequenceOf(e2, c2))).toBe(
          Math.sign(e1 - e2) || Math.sign(c1 - c2),
        );
      }),
    );
  });

  it.each([
    [0, 1],
    [EPOCH_MAX + 1, 1],
    [1, 0],
    [1, COUNTER_MAX + 1],
  ])('does not exist for epoch %i and counter %i', (e, c) => {
    expect(() => sequenceOf(e, c)).toThrow(InvariantViolation);
  });
});

describe('a queue token', () => {
  const facts = { concertId: 'c1', userId: 'u1', sequence: sequenceOf(1, 1), issuedAt: 0 };
  const tokens: Record<QueueToken['status'], QueueToken> = {
    WAITING: { ...facts, status: 'WAITING', position: 1, parked: false },
    ACTIVE: { ...facts, status: 'ACTIVE', sessionExpiresAt: 9 },
    COMPLETED: { ...facts, status: 'COMPLETED' },
    LEFT: { ...facts, status: 'LEFT' },
    EXPIRED: { ...facts, status: 'EXPIRED' },
  };

  it.each(Object.values(tokens))(
    'allows listing and holding seats only when it is ACTIVE: $status',
    (token) => {
      const { status } = token;
      expect(mayEnter(token)).toEqual(
        status === 'ACTIVE'
          ? { ok: true, value: token }
          : { ok: false, refusal: { code: 'QUEUE_TOKEN_NOT_ACTIVE', status } },
      );
      expect(isEnded(token)).toBe(status !== 'ACTIVE' && status !== 'WAITING');
    },
  );
});
