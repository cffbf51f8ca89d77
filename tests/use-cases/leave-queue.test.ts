import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { granted, refused, useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';

describe.each(environments)('leaveQueue and removeFromQueue ($name)', ({ open }) => {
  const stage = useSaleFixture(open);
  const endOf = (ticket: Ticket) => stage().ports.queueEndReads.find(ticket);
  const lookAt = async (ticket: Ticket) => (await stage().ports.waitingRoom.checkIn(ticket)).token.status;

  it('frees the slot for the next in line, for good', async () => {
    const sale = await stage().openSale({ admission: { maxActive: 1 } });
    const [active, waiting] = [await stage().join(sale), await stage().join(sale)];
    await stage().app.leaveQueue(active.ticket);
    expect([await lookAt(active.ticket), await endOf(active.ticket)]).toEqual(['LEFT', 'LEFT']);
    await stage().app.admitWaiting();
    expect(await lookAt(waiting.ticket)).toBe('ACTIVE');
  });

  it('keeps a hold payable, and changes nothing when repeated', async () => {
    const sale = await stage().openSale();
    const { fan, reservation } = await stage().held(sale, [1]);
    await stage().app.leaveQueue(fan.ticket);
    const again = await stage().join(sale, fan.userId);
    await stage().app.leaveQueue(fan.ticket);
    expect(await lookAt(again.ticket)).toBe('ACTIVE');
    expect(await stage().reservationStatus(reservation.id)).toBe('HELD');
  });

  it('records no end for a session that was over already', async () => {
    const sale = await stage().openSale({ admission: { sessionTtlMs: 500 } });
    const { ticket } = await stage().join(sale);
    await stage().advance(550);
    await stage().app.leaveQueue(ticket);
    expect([await lookAt(ticket), await endOf(ticket)]).toEqual(['EXPIRED', null]);
  });

  it('lets an admin end a place, once and for good', async () => {
    const sale = await stage().openSale();
    const { userId, ticket } = await stage().join(sale);
    const command = { concertId: sale.concertId, userId };
    granted(await stage().app.removeFromQueue(command));
    expect([await lookAt(ticket), await endOf(ticket)]).toEqual(['EXPIRED', 'EXPIRED']);
    granted(await stage().app.removeFromQueue(command));
    const again = await stage().join(sale, userId);
    expect(again.ticket.sequence).toBeGreaterThan(ticket.sequence);
    granted(await stage().app.removeFromQueue({ ...command, userId: stage().newUser() }));
    expect(await lookAt(again.ticket)).toBe('ACTIVE');
  });

  it('refuses to remove anyone from an unknown concert', async () => {
    const command = { concertId: stage().ports.ids.next(), userId: stage().newUser() };
    expect(await stage().app.removeFromQueue(command)).toEqual(refused('NOT_FOUND', { what: 'concert' }));
  });
});
