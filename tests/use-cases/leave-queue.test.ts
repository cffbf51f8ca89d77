import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('leaveQueue and removeFromQueue ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const endOf = (ticket: Ticket) => fixture().ports.queueEndReads.find(ticket);
  const lookAt = async (ticket: Ticket) => (await fixture().ports.waitingRoom.checkIn(ticket)).token.status;

  it('frees the slot for the next in line, for good', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    const [active, waiting] = [await fixture().join(sale), await fixture().join(sale)];
    await fixture().app.leaveQueue(active.ticket);
    expect([await lookAt(active.ticket), await endOf(active.ticket)]).toEqual(['LEFT', 'LEFT']);
    await fixture().app.admitWaiting();
    expect(await lookAt(waiting.ticket)).toBe('ACTIVE');
  });

  it('keeps a hold payable, and changes nothing when repeated', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().app.leaveQueue(fan.ticket);
    const again = await fixture().join(sale, fan.userId);
    await fixture().app.leaveQueue(fan.ticket);
    expect(await lookAt(again.ticket)).toBe('ACTIVE');
    expect(await fixture().reservationStatus(reservation.id)).toBe('HELD');
  });

  it('records no end for a session that was over already', async () => {
    const sale = await fixture().openSale({ admission: { sessionTtlMs: 500 } });
    const { ticket } = await fixture().join(sale);
    await fixture().advance(550);
    await fixture().app.leaveQueue(ticket);
    expect([await lookAt(ticket), await endOf(ticket)]).toEqual(['EXPIRED', null]);
  });

  it('lets an admin end a place, once and for good', async () => {
    const sale = await fixture().openSale();
    const { userId, ticket } = await fixture().join(sale);
    const command = { concertId: sale.concertId, userId };
    unwrap(await fixture().app.removeFromQueue(command));
    expect([await lookAt(ticket), await endOf(ticket)]).toEqual(['EXPIRED', 'EXPIRED']);
    unwrap(await fixture().app.removeFromQueue(command));
    const again = await fixture().join(sale, userId);
    expect(again.ticket.sequence).toBeGreaterThan(ticket.sequence);
    unwrap(await fixture().app.removeFromQueue({ ...command, userId: fixture().newUser() }));
    expect(await lookAt(again.ticket)).toBe('ACTIVE');
  });

  it('refuses to remove anyone from an unknown concert', async () => {
    const command = { concertId: fixture().ports.ids.next(), userId: fixture().newUser() };
    expect(await fixture().app.removeFromQueue(command)).toEqual(refused('NOT_FOUND', { what: 'concert' }));
  });
});
