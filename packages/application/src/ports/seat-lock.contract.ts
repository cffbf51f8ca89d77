import { describe, expect, it } from 'vitest';
import { type OpenPorts, usePorts } from './contract-support.ts';

export function describeSeatLockContract(name: string, open: OpenPorts<'seatLock' | 'ids'>): void {
  describe(`SeatLock (${name})`, () => {
    const ports = usePorts(open);

    it('passes the answer of the work on', async () => {
      expect(await ports().seatLock.hold(ports().ids.next(), [1, 2], async () => 'done')).toBe('done');
    });

    it('passes a failure of the work on, and is free again', async () => {
      const eventId = ports().ids.next();
      const fault = new Error('on purpose');
      const failing = ports().seatLock.hold(eventId, [1], async () => {
        throw fault;
      });
      await expect(failing).rejects.toBe(fault);
      expect(await ports().seatLock.hold(eventId, [1], async () => 'next')).toBe('next');
    });

    it('lets everybody work in the end, however their seats overlap and are ordered', async () => {
      const eventId = ports().ids.next();
      const choices = [[1, 2], [2, 1], [2, 3], [3, 1], [1], [3, 2, 1], [2], [1, 3]];
      const done = await Promise.all(
        choices.map((numbers) => ports().seatLock.hold(eventId, numbers, async () => numbers)),
      );
      expect(done).toEqual(choices);
    });
  });
}
