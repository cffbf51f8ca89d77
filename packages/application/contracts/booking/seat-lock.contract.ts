import { describe, expect, it } from 'vitest';
import { type OpenPorts, usePorts } from '../shared/contract-support.ts';

/** `ports.ids` must return ids that are new to the ports. */
export function describeSeatLockContract(name: string, open: OpenPorts<'seatLock' | 'ids'>): void {
  describe(`SeatLock (${name})`, () => {
    const ports = usePorts(open);
    const acquire = (eventId: string, seatNumbers: readonly number[]) =>
      ports().seatLock!.acquire(eventId, seatNumbers);

    it('lets a request through after another one has released its lock', async () => {
      const eventId = ports().ids.next();
      const through: number[] = [];
      for (let round = 1; round <= 3; round += 1) {
        const release = await acquire(eventId, [1, 2]);
        through.push(round);
        await release();
      }
      expect(through).toEqual([1, 2, 3]);
    });

    it('lets every request through, however the requested seats overlap and are ordered', async () => {
      const eventId = ports().ids.next();
      const choices = [[1, 2], [2, 1], [2, 3], [3, 1], [1], [3, 2, 1], [2], [1, 3], []];
      const through: unknown[] = [];
      await Promise.all(
        choices.map(async (numbers) => {
          const release = await acquire(eventId, numbers);
          through.push(numbers);
          await release();
        }),
      );
      expect(through).toHaveLength(choices.length);
    });
  });
}
