import { describe, expect, it } from 'vitest';
import { refused, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

/** Who loses a seat may lose it by a snapshot of the room that is a moment old; nothing else goes by it. */
describe.each(environments)('holdSeats and the place in the room ($name)', ({ open }) => {
  const stage = useSaleFixture(open);

  it('lets a fan hold who was admitted a moment ago, by the ticket that still waits', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1 } });
    const [first, second] = [await stage().join(sale), await stage().join(sale)];
    expect(await stage().hold(second, sale, [1])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' }),
    );
    await stage().app.leaveQueue(first.ticket);
    await stage().app.admitWaiting();
    await stage().held(sale, [1], second);
  });

  it('lets a fan hold nothing whose place has ended a moment ago', async () => {
    const sale = await stage().openSale();
    await stage().held(sale, [1]);
    const fan = await stage().join(sale);
    expect(await stage().hold(fan, sale, [1])).toEqual(
      refused('SEAT_UNAVAILABLE', { unavailableSeats: [1] }),
    );
    await stage().app.leaveQueue(fan.ticket);
    expect(await stage().hold(fan, sale, [2])).toEqual(refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'LEFT' }));
    expect(await stage().seatStatus(sale, 2)).toBe('AVAILABLE');
  });

  it('refuses whoever waits for the place before anything about the seat', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1 } });
    await stage().held(sale, [1]);
    const waiting = await stage().join(sale);
    const asWaiting = refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' });
    expect([await stage().hold(waiting, sale, [1]), await stage().hold(waiting, sale, [2])]).toEqual([
      asWaiting,
      asWaiting,
    ]);
  });
});
