import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { WAITING } from '@frontrow/domain/waiting-room/place.ts';
import type { WaitingPlace } from '../../../src/memory/waiting-room/place.ts';
import { createWaitingLine } from '../../../src/memory/waiting-room/waiting-line.ts';

const placeOf = (sequence: number): WaitingPlace => ({
  userId: `u${sequence}`,
  sequence,
  issuedAt: 0,
  state: WAITING,
});

it('behaves as a plain list does', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), gap: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat({ max: 30 }) }),
    fc.record({ kind: fc.constant('take' as const), count: fc.nat({ max: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const line = createWaitingLine();
      const plain: WaitingPlace[] = [];
      const gone: WaitingPlace[] = [];
      const taken: WaitingPlace[] = [];
      let last = 0;
      for (const each of acts) {
        if (each.kind === 'append') {
          last += each.gap;
          plain.push(placeOf(last));
          line.append(placeOf(last));
        } else if (each.kind === 'take') {
          gone.push(...plain.splice(0, each.count));
          taken.push(...line.takeFirst(each.count));
        } else {
          const removed = plain.splice(each.at, 1);
          taken.push(...removed);
          gone.push(...removed);
          for (const place of gone) line.remove(place);
        }
        expect(taken).toEqual(gone);
        expect(line.length()).toBe(plain.length);
        expect(plain.map((place) => line.positionOf(place))).toEqual(plain.map((_, index) => index + 1));
        expect(plain.map(({ userId }) => line.find(userId))).toEqual(plain);
        expect(gone.map(({ userId }) => line.find(userId)).filter(Boolean)).toEqual([]);
      }
    }),
  );
});
