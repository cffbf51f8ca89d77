import { describe, expect, it } from 'vitest';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('sweepHolds ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('expires lapsed holds once, and no others', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const lapsed = await fixture().createHold(sale, [1, 2]);
    await fixture().advance(350);
    await fixture().app.changePolicy({
      by: BY_STAFF,
      concertId: sale.concertId,
      admission: {},
      hold: { ttlMs: 60_000 },
    });
    const taken = await fixture().createHold(sale, [2]);
    const isListed = async () =>
      (await fixture().ports.reservationReads.listLapsed(1_000)).includes(lapsed.reservation.id);
    expect(await isListed()).toBe(true);
    await fixture().app.sweepHolds();
    expect(await isListed()).toBe(false);
    await fixture().app.sweepHolds();
    expect(await fixture().reservationStatus(lapsed.reservation.id)).toBe('EXPIRED');
    expect(await fixture().reservationStatus(taken.reservation.id)).toBe('HELD');
    expect([await fixture().seatStatus(sale, 1), await fixture().seatStatus(sale, 2)]).toEqual([
      'AVAILABLE',
      'HELD',
    ]);
  });

  it('may run several times concurrently', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 300 } });
    const lapsed = [
      await fixture().createHold(sale, [1]),
      await fixture().createHold(sale, [2]),
      await fixture().createHold(sale, [3]),
    ];
    await fixture().advance(350);
    await Promise.all([1, 2, 3].map(() => fixture().app.sweepHolds()));
    for (const { reservation } of lapsed)
      expect(await fixture().reservationStatus(reservation.id)).toBe('EXPIRED');
    expect(await fixture().app.sweepHolds()).toBe(0);
  });
});
