import { describe, expect, it } from 'vitest';
import { addConcertWithDate } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, usePorts, write } from '../shared/contract-support.ts';

export function describeSellOutsContract(
  name: string,
  open: OpenPorts<'transact' | 'sellOutReads' | 'ids'>,
): void {
  describe(`SellOuts (${name})`, () => {
    const ports = usePorts(open);
    const find = (concertId: string) => ports().sellOutReads.find(concertId);
    const save = (concertId: string, soldOutAt: number | null) =>
      write(ports(), async ({ sellOuts }) => {
        await sellOuts.lock(concertId);
        await sellOuts.save(concertId, soldOutAt);
      });

    it('locks what is stored, with the seats of the bookable dates and the clock of the database', async () => {
      const { concert, event } = await addConcertWithDate(ports(), { event: { seatCount: 3 } });
      expect(await find(concert.id)).toBeNull();
      const locked = await write(ports(), ({ sellOuts }) => sellOuts.lock(concert.id));
      expect(locked).toEqual({
        soldOutAt: null,
        dates: [{ unsold: 3, reservationEndAt: event.reservationEndAt }],
        asOf: expect.any(Number),
      });
      expect(Math.abs(locked.asOf - Date.now())).toBeLessThan(60_000);
    });

    it('keeps the moment of a sell-out until it is removed, and nothing of a refusal', async () => {
      const { concert } = await addConcertWithDate(ports());
      const other = await addConcertWithDate(ports());
      await save(concert.id, 1_000);
      expect([await find(concert.id), await find(other.concert.id)]).toEqual([1_000, null]);
      await ports().transact(async ({ sellOuts }) => {
        expect((await sellOuts.lock(concert.id)).soldOutAt).toBe(1_000);
        await sellOuts.save(concert.id, null);
        return REFUSED;
      }, 'STAFF');
      expect(await find(concert.id)).toBe(1_000);
      await save(concert.id, null);
      expect(await find(concert.id)).toBeNull();
    });

    it('gives the lock to one transaction after another, also for the first sell-out', async () => {
      const { concert } = await addConcertWithDate(ports());
      const seen = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          write(ports(), async ({ sellOuts }) => {
            const { soldOutAt } = await sellOuts.lock(concert.id);
            await sellOuts.save(concert.id, (soldOutAt ?? 0) + 1_000);
            return [index, soldOutAt ?? 0];
          }),
        ),
      );
      expect(seen.map(([, before]) => before).toSorted((a = 0, b = 0) => a - b)).toEqual(
        seen.map((_, index) => index * 1_000),
      );
    });
  });
}
