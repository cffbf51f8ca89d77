import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Spot, WAITING } from '../../../src/memory/waiting-room/stay.ts';
import { createWaitingLine } from '../../../src/memory/waiting-room/waiting-line.ts';

const spotOf = (sequence: number): Spot => ({ userId: `u${sequence}`, sequence, issuedAt: 0, stay: WAITING });

it('stands as a plain list would, whatever comes and goes', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), gap: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat({ max: 30 }) }),
    fc.record({ kind: fc.constant('take' as const), count: fc.nat({ max: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const line = createWaitingLine();
      const plain: Spot[] = [];
      const gone: Spot[] = [];
      const taken: Spot[] = [];
      let last = 0;
      for (const each of acts) {
        if (each.kind === 'append') {
          last += each.gap;
          plain.push(spotOf(last));
          line.append(spotOf(last));
        } else if (each.kind === 'take') {
          gone.push(...plain.splice(0, each.count));
          taken.push(...line.takeFirst(each.count));
        } else {
          const removed = plain.splice(each.at, 1);
          taken.push(...removed);
          gone.push(...removed);
          for (const spot of gone) line.remove(spot);
        }
        expect(taken).toEqual(gone);
        expect(line.length()).toBe(plain.length);
        expect(plain.map((spot) => line.positionOf(spot))).toEqual(plain.map((_, index) => index + 1));
        expect(plain.map(({ userId }) => line.find(userId))).toEqual(plain);
        expect(gone.map(({ userId }) => line.find(userId)).filter(Boolean)).toEqual([]);
      }
    }),
  );
});
