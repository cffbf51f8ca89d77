import { describe, expect, it } from 'vitest';
import { refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

/** Only the refusal of an unavailable seat may rely on a snapshot of the room. */
describe.each(environments)('holdSeats and the state of the queue token ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  it('accepts a waiting ticket whose place has just been admitted', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    const [first, second] = [await fixture().join(sale), await fixture().join(sale)];
    expect(await fixture().hold(second, sale, [1])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' }),
    );
    await fixture().app.leaveQueue(first.ticket);
    await fixture().app.admitWaiting();
    await fixture().createHold(sale, [1], second);
  });

  it('refuses a ticket whose place has just ended', async () => {
    const sale = await fixture().openSale();
    await fixture().createHold(sale, [1]);
    const fan = await fixture().join(sale);
    expect(await fixture().hold(fan, sale, [1])).toEqual(
      refused('SEAT_UNAVAILABLE', { unavailableSeats: [1] }),
    );
    await fixture().app.leaveQueue(fan.ticket);
    expect(await fixture().hold(fan, sale, [2])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'LEFT' }),
    );
    expect(await fixture().seatStatus(sale, 2)).toBe('AVAILABLE');
  });

  it('refuses a waiting fan before it looks at the seat', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    await fixture().createHold(sale, [1]);
    const waiting = await fixture().join(sale);
    const asWaiting = refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'WAITING' });
    expect([await fixture().hold(waiting, sale, [1]), await fixture().hold(waiting, sale, [2])]).toEqual([
      asWaiting,
      asWaiting,
    ]);
  });
});
