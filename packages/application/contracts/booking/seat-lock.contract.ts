import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import { newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, usePorts } from '../shared/contract-support.ts';
import type { HoldAttempt, SeatRequest } from '../../src/ports/booking/seat-lock.ts';

/** `ports.ids` must return ids that are new to the ports, because an unknown event has no taken seat. */
export function describeSeatLockContract(name: string, open: OpenPorts<'seatLock' | 'ids'>): void {
  describe(`SeatLock (${name})`, () => {
    const ports = usePorts(open);

    function wishFor(eventId: EventId, seatNumbers: readonly number[]): SeatRequest {
      const [userId, key] = [newUser(ports()), ports().ids.next()];
      return { eventId, seatNumbers, request: { userId, operation: 'POST /x', key, fingerprint: 'f' } };
    }
    const hold = <T>(
      eventId: EventId,
      seatNumbers: readonly number[],
      attempt: HoldAttempt<T, Refusal>['attempt'],
    ) => ports().seatLock.hold<T, Refusal>(wishFor(eventId, seatNumbers), { refusalBy: () => null, attempt });

    it('returns the result of the attempt, a refusal included', async () => {
      expect(await hold(ports().ids.next(), [1, 2], async () => ok('done'))).toEqual(ok('done'));
      expect(await hold(ports().ids.next(), [1], async () => refuse(REFUSAL))).toEqual(refuse(REFUSAL));
    });

    it('throws the error of the attempt, and lets the next request through', async () => {
      const eventId = ports().ids.next();
      const fault = new Error('on purpose');
      const failing = hold(eventId, [1], async () => {
        throw fault;
      });
      await expect(failing).rejects.toBe(fault);
      expect(await hold(eventId, [1], async () => ok('next'))).toEqual(ok('next'));
    });

    it('runs every attempt, however the requested seats overlap and are ordered', async () => {
      const eventId = ports().ids.next();
      const choices = [[1, 2], [2, 1], [2, 3], [3, 1], [1], [3, 2, 1], [2], [1, 3], []];
      const done = await Promise.all(
        choices.map((numbers) => hold(eventId, numbers, async () => ok(numbers))),
      );
      expect(done).toEqual(choices.map(ok));
    });
  });
}

type Refusal = { readonly code: string };
const REFUSAL: Refusal = { code: 'NO' };
