import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import { type OpenPorts, newUser, usePorts } from '../shared/contract-support.ts';
import type { HoldAttempt, SeatRequest } from '../../src/ports/booking/seat-lock.ts';

/** `ports.ids` must answer ids that the ports have never seen: an event that is unknown has no seat that is taken. */
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
      attempt: HoldAttempt<T, No>['attempt'],
    ) => ports().seatLock.hold<T, No>(wishFor(eventId, seatNumbers), { refusalBy: () => null, attempt });

    it('passes the answer of the attempt on, also when it is a refusal', async () => {
      expect(await hold(ports().ids.next(), [1, 2], async () => ok('done'))).toEqual(ok('done'));
      expect(await hold(ports().ids.next(), [1], async () => refuse(NO))).toEqual(refuse(NO));
    });

    it('passes a failure of the attempt on, and is free again', async () => {
      const eventId = ports().ids.next();
      const fault = new Error('on purpose');
      const failing = hold(eventId, [1], async () => {
        throw fault;
      });
      await expect(failing).rejects.toBe(fault);
      expect(await hold(eventId, [1], async () => ok('next'))).toEqual(ok('next'));
    });

    it('lets everybody try in the end, however their seats overlap and are ordered', async () => {
      const eventId = ports().ids.next();
      const choices = [[1, 2], [2, 1], [2, 3], [3, 1], [1], [3, 2, 1], [2], [1, 3], []];
      const done = await Promise.all(
        choices.map((numbers) => hold(eventId, numbers, async () => ok(numbers))),
      );
      expect(done).toEqual(choices.map(ok));
    });
  });
}

type No = { readonly code: string };
const NO: No = { code: 'NO' };
