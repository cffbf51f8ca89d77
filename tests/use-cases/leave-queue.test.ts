import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { createLeaveQueue } from '@frontrow/application/use-cases/waiting-room/leave-queue.ts';
import { describe, expect, it } from 'vitest';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

const rejectUnavailable = () => Promise.reject(new Unavailable('redis'));

describe.each(environments)('leaveQueue and removeFromQueue ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const endOf = (ticket: Ticket) => fixture().ports.queueEndReads.find(ticket);
  const checkIn = async (ticket: Ticket) => (await fixture().ports.waitingRoom.checkIn(ticket)).token.status;

  it('ends the place and frees its slot for the next fan', async () => {
    const sale = await fixture().openSale({ admission: { maxActive: 1 } });
    const [active, waiting] = [await fixture().join(sale), await fixture().join(sale)];
    await fixture().app.leaveQueue(active.ticket);
    expect([await checkIn(active.ticket), await endOf(active.ticket)]).toEqual(['LEFT', 'LEFT']);
    await fixture().app.admitWaiting();
    expect(await checkIn(waiting.ticket)).toBe('ACTIVE');
  });

  it('keeps the hold of the fan, and changes nothing when repeated', async () => {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    await fixture().app.leaveQueue(fan.ticket);
    const again = await fixture().join(sale, fan.userId);
    await fixture().app.leaveQueue(fan.ticket);
    expect(await checkIn(again.ticket)).toBe('ACTIVE');
    expect(await fixture().reservationStatus(reservation.id)).toBe('HELD');
  });

  it('keeps the reason of a place that has ended by time', async () => {
    const sale = await fixture().openSale({ admission: { sessionTtlMs: 500 } });
    const { ticket } = await fixture().join(sale);
    await fixture().advance(550);
    expect(await checkIn(ticket)).toBe('EXPIRED');
    await fixture().app.leaveQueue(ticket);
    expect([await checkIn(ticket), await endOf(ticket)]).toEqual(['EXPIRED', 'EXPIRED']);
  });

  it('ends a place that the room does not know, so that its ticket restores nothing', async () => {
    const sale = await fixture().openSale();
    const { ticket } = await fixture().join(sale);
    const lost = { ...ticket, sequence: ticket.sequence + 1_000 };
    await fixture().app.leaveQueue(lost);
    expect(await endOf(lost)).toBe('LEFT');
    expect([await checkIn(ticket), await endOf(ticket)]).toEqual(['ACTIVE', null]);
  });

  it('fails where the room cannot be reached, and ends the place there when it is repeated', async () => {
    const sale = await fixture().openSale();
    const { ticket } = await fixture().join(sale);
    const { ports } = fixture();
    const cutOff = createLeaveQueue({
      ...ports,
      waitingRoom: { ...ports.waitingRoom, end: rejectUnavailable },
    });
    await expect(cutOff(ticket)).rejects.toThrow('redis is unavailable');
    expect([await checkIn(ticket), await endOf(ticket)]).toEqual(['ACTIVE', 'LEFT']);
    await fixture().app.leaveQueue(ticket);
    expect(await checkIn(ticket)).toBe('LEFT');
  });

  it('removeFromQueue ends the present place of a user and no later one', async () => {
    const sale = await fixture().openSale();
    const { userId, ticket } = await fixture().join(sale);
    const command = { concertId: sale.concertId, userId, by: BY_STAFF };
    unwrap(await fixture().app.removeFromQueue(command));
    expect([await checkIn(ticket), await endOf(ticket)]).toEqual(['EXPIRED', 'EXPIRED']);
    unwrap(await fixture().app.removeFromQueue(command));
    const again = await fixture().join(sale, userId);
    expect(again.ticket.sequence).toBeGreaterThan(ticket.sequence);
    unwrap(await fixture().app.removeFromQueue({ ...command, userId: fixture().newUser() }));
    expect(await checkIn(again.ticket)).toBe('ACTIVE');
  });

  it('removeFromQueue refuses an unknown concert', async () => {
    const command = { concertId: fixture().ports.ids.next(), userId: fixture().newUser(), by: BY_STAFF };
    expect(await fixture().app.removeFromQueue(command)).toEqual(refused('NOT_FOUND', { what: 'concert' }));
  });
});
