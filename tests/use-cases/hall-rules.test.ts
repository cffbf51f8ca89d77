import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { drawHall } from '../support/halls.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('named seats and the rules of the hall ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  type Sale = Awaited<ReturnType<ReturnType<typeof fixture>['openSale']>>;
  const openHall = (rows: readonly string[], hold: object, event: object = {}) =>
    fixture().openSale({ hold, event: { layout: drawHall({ Stalls: rows }), ...event } });
  const holdAs = async (sale: Sale, seatNumbers: readonly number[], accessible: boolean) => {
    const fan = await fixture().join(sale);
    const request = fixture().newRequest(fan.userId);
    return fixture().app.holdSeats({ ...fan, eventId: sale.event.id, seatNumbers, accessible, request });
  };
  const hold = (sale: Sale, seatNumbers: readonly number[]) => holdAs(sale, seatNumbers, false);

  it('may leave orphans unless the policy refuses them', async () => {
    const sale = await openHall(['....'], {});
    expect(unwrap(await hold(sale, [2, 3])).value.seatNumbers).toEqual([2, 3]);
  });

  it('that leave an orphan are refused with the seats that leave none', async () => {
    const sale = await openHall(['......'], { orphans: 'refuse' });
    expect(await hold(sale, [2, 3])).toEqual(
      refused('ORPHAN_SEATS', { orphanSeats: [1], alternativeSeats: [1, 2] }),
    );
    expect(await fixture().seatStatus(sale, 2)).toBe('AVAILABLE');
    unwrap(await hold(sale, [1, 2]));
    unwrap(await hold(sale, [3, 4]));
  });

  it('are refused for an orphan in a date without a layout, which is one row', async () => {
    const sale = await fixture().openSale({ hold: { orphans: 'refuse' }, event: { seatCount: 4 } });
    expect(await hold(sale, [2])).toMatchObject(refused('ORPHAN_SEATS', { orphanSeats: [1] }));
    unwrap(await hold(sale, [2, 1]));
  });

  it('may leave an orphan that nobody can avoid, or that was there before', async () => {
    const sale = await openHall(['...'], { orphans: 'refuse' });
    expect(unwrap(await hold(sale, [1, 2])).value.seatNumbers).toEqual([1, 2]);
    const next = await openHall(['.x..x.', '..'], { orphans: 'refuse' });
    unwrap(await hold(next, [7, 8]));
    unwrap(await hold(next, [3, 4]));
  });

  it('that are taken are named as unavailable, whatever they would leave', async () => {
    const sale = await openHall(['.....'], { orphans: 'refuse' });
    unwrap(await hold(sale, [1, 2]));
    expect(await hold(sale, [2, 4])).toEqual(refused('SEAT_UNAVAILABLE', { unavailableSeats: [2] }));
  });

  it('are judged in a group by the seats that earlier requests of the group take', async () => {
    const sale = await openHall(['......'], { orphans: 'refuse' });
    const fans = await Promise.all([1, 2, 3].map(() => fixture().join(sale)));
    const wanted = [
      [1, 2],
      [4, 5],
      [5, 6],
    ];
    const outcomes = await Promise.all(fans.map((fan, index) => fixture().hold(fan, sale, wanted[index]!)));
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.value.seatNumbers : outcome))).toEqual([
      [1, 2],
      refused('ORPHAN_SEATS', { orphanSeats: [3, 6], alternativeSeats: [3, 4] }),
      [5, 6],
    ]);
  });

  it('that are accessible are for those who say that they need one', async () => {
    const sale = await openHall(['..ac'], {});
    const refusal = refused('ACCESSIBLE_SEATS_ONLY', { accessibleSeats: [3, 4], accessibleReleaseAt: null });
    expect(await hold(sale, [2, 3, 4])).toEqual(refusal);
    unwrap(await holdAs(sale, [2, 3, 4], true));
  });

  it('that are for companions are sold with their accessible seat, as many as the policy allows', async () => {
    const sale = await openHall(['acc.', 'ac'], { maxSeatsPerReservation: 4 });
    expect(await holdAs(sale, [1, 2, 3], true)).toEqual(
      refused('COMPANION_SEATS_EXCEEDED', { companionSeats: [3], companionSeatsMax: 1 }),
    );
    expect(await holdAs(sale, [6], true)).toEqual(
      refused('COMPANION_SEATS_EXCEEDED', { companionSeats: [6], companionSeatsMax: 1 }),
    );
    const { concertId } = sale;
    unwrap(
      await fixture().app.changePolicy({
        concertId,
        admission: {},
        hold: { companionSeatsMax: 2 },
        by: BY_STAFF,
      }),
    );
    unwrap(await holdAs(sale, [1, 2, 3], true));
  });

  it('that are accessible are for everybody from their release on', async () => {
    const accessibleReleaseAt = fixture().ports.clock.now() + 4_000;
    const sale = await openHall(['acc'], {}, { accessibleReleaseAt });
    expect(await hold(sale, [1])).toEqual(
      refused('ACCESSIBLE_SEATS_ONLY', { accessibleSeats: [1], accessibleReleaseAt }),
    );
    expect(await fixture().holdBest(sale, { count: 3 })).toEqual(
      refused('NO_MATCHING_SEATS', { togetherMax: 0, availableCount: 0 }),
    );
    await fixture().advance(4_050);
    expect(unwrap(await fixture().holdBest(sale, { count: 3 })).value.seatNumbers).toEqual([1, 2, 3]);
  });

  it('that are accessible are held for a time of their own by those who need one', async () => {
    const policy = { ttlMs: 60_000, accessibleHoldTtlMs: HOUR_MS };
    const sale = await openHall(['acac....'], policy, { accessibleReleaseAt: Date.now() - HOUR_MS });
    const lastsMs = async (outcome: ReturnType<typeof hold>) => {
      const { holdExpiresAt, createdAt } = unwrap(await outcome).value;
      return holdExpiresAt - createdAt;
    };
    expect(await lastsMs(holdAs(sale, [1, 2], true))).toBe(HOUR_MS);
    expect(await lastsMs(holdAs(sale, [5], true))).toBe(60_000);
    expect(await lastsMs(hold(sale, [3]))).toBe(60_000);
    expect(await lastsMs(holdAs(sale, [7, 8], false))).toBe(60_000);
  });

  it('do not matter to the best available seats of those who need an accessible one', async () => {
    const sale = await openHall(['..ac..'], { accessibleHoldTtlMs: HOUR_MS });
    const { value } = unwrap(await fixture().holdBest(sale, { count: 2, accessible: true }));
    expect(value).toMatchObject({ seatNumbers: [3, 4], holdExpiresAt: value.createdAt + HOUR_MS });
    expect(await fixture().holdBest(sale, { count: 2, accessible: true })).toEqual(
      refused('NO_MATCHING_SEATS', { togetherMax: 0, availableCount: 4 }),
    );
  });
});
