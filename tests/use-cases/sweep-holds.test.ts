import { describe, expect, it } from 'vitest';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('sweepHolds ($name)', ({ open }) => {
  const stage = useSaleFixture(open);

  it('tidies what has lapsed, once, and nothing else', async () => {
    const sale = await stage().openSale({ hold: { ttlMs: 300 } });
    const lapsed = await stage().held(sale, [1, 2]);
    await stage().advance(350);
    await stage().app.changePolicy({ concertId: sale.concertId, admission: {}, hold: { ttlMs: 60_000 } });
    const taken = await stage().held(sale, [2]);
    const ours = async () =>
      (await stage().ports.reservationReads.listLapsed(1_000)).includes(lapsed.reservation.id);
    expect(await ours()).toBe(true);
    await stage().app.sweepHolds();
    expect(await ours()).toBe(false);
    await stage().app.sweepHolds();
    expect(await stage().reservationStatus(lapsed.reservation.id)).toBe('EXPIRED');
    expect(await stage().reservationStatus(taken.reservation.id)).toBe('HELD');
    expect([await stage().seatStatus(sale, 1), await stage().seatStatus(sale, 2)]).toEqual([
      'AVAILABLE',
      'HELD',
    ]);
  });

  it('may run many times at once', async () => {
    const sale = await stage().openSale({ hold: { ttlMs: 300 } });
    const lapsed = [
      await stage().held(sale, [1]),
      await stage().held(sale, [2]),
      await stage().held(sale, [3]),
    ];
    await stage().advance(350);
    await Promise.all([1, 2, 3].map(() => stage().app.sweepHolds()));
    for (const { reservation } of lapsed)
      expect(await stage().reservationStatus(reservation.id)).toBe('EXPIRED');
    expect(await stage().app.sweepHolds()).toBe(0);
  });
});
