import { describe, expect, it } from 'vitest';
import {
  type Fan,
  type Sale,
  appWithoutEnds,
  granted,
  refused,
  useSaleFixture,
} from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('a fan who has paid ($name)', ({ open }) => {
  const stage = useSaleFixture(open);

  /** Paid while the waiting room could not be told. */
  async function paidUnheard(sale: Sale): Promise<Fan> {
    const { fan, reservation } = await stage().held(sale, [1]);
    const { userId } = fan;
    await stage().charge(userId, 1_000);
    const command = { userId, reservationId: reservation.id, request: stage().newRequest(userId) };
    granted(await appWithoutEnds(stage()).payReservation(command));
    return fan;
  }
  const statusOf = async ({ ticket }: Fan) => (await stage().ports.waitingRoom.checkIn(ticket)).token.status;

  it('leaves the room with the relay, where the room was away', async () => {
    const fan = await paidUnheard(await stage().openSale());
    expect(await statusOf(fan)).toBe('ACTIVE');
    await stage().app.relayOutbox();
    expect(await statusOf(fan)).toBe('COMPLETED');
  });

  it('joins again at a new place, before the relay has come', async () => {
    const sale = await stage().openSale();
    const fan = await paidUnheard(sale);
    const command = { concertId: sale.concertId, userId: fan.userId };
    expect(granted(await stage().app.issueQueueToken(command)).created).toBe(true);
    expect(await statusOf(fan)).toBe('COMPLETED');
  });

  it('keeps the new place when the relay comes late, and may book with it', async () => {
    const sale = await stage().openSale();
    const fan = await paidUnheard(sale);
    const again = await stage().join(sale, fan.userId);
    expect(again.ticket.sequence).toBeGreaterThan(fan.ticket.sequence);
    await stage().app.relayOutbox();
    expect([await statusOf(fan), await statusOf(again)]).toEqual(['COMPLETED', 'ACTIVE']);
    expect(await stage().hold(fan, sale, [2])).toEqual(
      refused('QUEUE_TOKEN_NOT_ACTIVE', { status: 'COMPLETED' }),
    );
    granted(await stage().hold(again, sale, [2]));
  });

  it('goes to the end of the line', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1 } });
    const { fan, reservation } = await stage().held(sale, [1]);
    const waiting = await stage().join(sale);
    await stage().charge(fan.userId, 1_000);
    granted(await stage().pay(fan.userId, reservation.id));
    const { status } = granted(await stage().app.issueQueueToken({ ...sale, userId: fan.userId }));
    expect(status).toMatchObject({ status: 'WAITING', position: 2 });
    await stage().app.admitWaiting();
    expect(await statusOf(waiting)).toBe('ACTIVE');
  });
});
