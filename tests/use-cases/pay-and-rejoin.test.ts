import { describe, expect, it } from 'vitest';
import { type ConcertOnSale } from '../support/concert-on-sale.ts';
import { unwrap, refused } from '../support/results.ts';
import { type FanWithTicket, appWithFailingRoomEnd, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('a fan who has paid ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  /** A fan who has paid while Redis was down, so that the waiting room still shows the place as ACTIVE. */
  async function payWithoutRoomEnd(sale: ConcertOnSale): Promise<FanWithTicket> {
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const { userId } = fan;
    await fixture().charge(userId, 1_000);
    const command = { userId, reservationId: reservation.id, request: fixture().newRequest(userId) };
    unwrap(await appWithFailingRoomEnd(fixture()).payReservation(command));
    return fan;
  }
  const statusOf = async ({ ticket }: FanWithTicket) =>
    (await fixture().ports.waitingRoom.checkIn(ticket)).token.status;

  it('leaves the waiting room by the relay if Redis was down during the payment', async () => {
    const fan = await payWithoutRoomEnd(await fixture().openSale());
    expect(await statusOf(fan)).toBe('ACTIVE');
    await fixture().app.relayOutbox();
    expect(await statusOf(fan)).toBe('COMPLETED');
  });

  it('joins again at a new place before the relay has delivered the end', async () => {
    const sale = await fixture().openSale();
    const fan = await payWithoutRoomEnd(sale);
    const command = { concertId: sale.concertId, userId: fan.userId };
    expect(unwrap(await fixture().app.issueQueueToken(command)).created).toBe(true);
    expect(await statusOf(fan)).toBe('COMPLETED');
  });

  it('keeps the new place when the relay delivers late, and books with it', async () => {
    const sale = await fixture().openSale();
    const fan = await payWithoutRoomEnd(sale);
    const again = await fixture().join(sale, fan.userId);
    expect(again.ticket.sequence).toBeGreaterThan(fan.ticket.sequence);
    await fixture().app.relayOutbox();
    expect([await statusOf(fan), await statusOf(again)]).toEqual(['COMPLETED', 'ACTIVE']);
    expect(await fixture().hold(fan, sale, [2])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }),
    );
    unwrap(await fixture().hold(again, sale, [2]));
  });

  it('joins again at the end of the waiting line', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    const waiting = await fixture().join(sale);
    await fixture().charge(fan.userId, 1_000);
    unwrap(await fixture().pay(fan.userId, reservation.id));
    const { status } = unwrap(await fixture().app.issueQueueToken({ ...sale, userId: fan.userId }));
    expect(status).toMatchObject({ status: 'WAITING', position: 2 });
    await fixture().app.countInventory();
    await fixture().app.admitWaiting();
    expect(await statusOf(waiting)).toBe('ACTIVE');
  });
});
