import type { TicketSeat } from '@frontrow/domain/booking/entry-ticket.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { countOccurrences } from '../support/outcomes.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('checkInTicket ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const tickets = async (userId: string, reservationId: string) =>
    unwrap(await fixture().app.listEntryTickets({ userId, reservationId }));
  const checkIn = (code: string, at: { eventId?: string; gate?: string } = {}) =>
    fixture().app.checkInTicket({
      code,
      eventId: at.eventId ?? null,
      gate: at.gate ?? null,
      actor: 'staff',
      request: fixture().newRequest('staff'),
    });

  async function buyTickets(seatNumbers: readonly number[]) {
    const sale = await fixture().openSale();
    const { fan, reservation } = await fixture().buy(sale, seatNumbers);
    const codes = (await tickets(fan.userId, reservation.id)).map(({ code }) => code ?? '');
    return { sale, userId: fan.userId, reservationId: reservation.id, eventId: sale.event.id, codes };
  }

  it('accepts each ticket of a reservation once', async () => {
    const { userId, reservationId, eventId, codes } = await buyTickets([2, 1]);
    const entered = unwrap(await checkIn(codes[1] ?? '', { eventId, gate: 'North' })).value;
    expect(entered).toMatchObject({ reservationId, eventId, seatNumber: 2, gate: 'North', actor: 'staff' });
    const { checkedInAt } = entered;
    const again = refused('ALREADY_CHECKED_IN', { checkedInAt, gate: 'North' });
    expect(await checkIn(codes[1] ?? '', { gate: 'South' })).toEqual(again);
    expect(await tickets(userId, reservationId)).toEqual([
      { seatNumber: 1, place: null, status: 'VALID', checkedInAt: null, code: codes[0] },
      { seatNumber: 2, place: null, status: 'CHECKED_IN', checkedInAt, code: codes[1] },
    ]);
    unwrap(await checkIn(codes[0] ?? ''));
  });

  it('accepts a ticket at one of many gates that scan it at the same time', async () => {
    const { codes } = await buyTickets([1]);
    const gates = Array.from({ length: 8 }, (_, index) => `gate ${index}`);
    const answers = await Promise.all(gates.map((gate) => checkIn(codes[0] ?? '', { gate })));
    expect(countOccurrences(answers.map(codeOf))).toEqual({ OK: 1, ALREADY_CHECKED_IN: 7 });
  });

  it('gives a repeated request its first answer', async () => {
    const { codes } = await buyTickets([1]);
    const command = { code: codes[0] ?? '', eventId: null, gate: 'North', actor: 'staff' };
    const request = fixture().newRequest('staff');
    const first = unwrap(await fixture().app.checkInTicket({ ...command, request }));
    expect(unwrap(await fixture().app.checkInTicket({ ...command, request }))).toEqual({
      value: first.value,
      replayed: true,
    });
  });

  it('refuses what is refunded, and leaves the other seats alone', async () => {
    const { userId, reservationId, codes } = await buyTickets([1, 2]);
    unwrap(await fixture().refund(userId, reservationId, [1]));
    expect(await checkIn(codes[0] ?? '')).toEqual(refused('TICKET_REFUNDED'));
    unwrap(await checkIn(codes[1] ?? ''));
    expect(await tickets(userId, reservationId)).toMatchObject([
      { seatNumber: 1, status: 'REFUNDED', code: null },
      { seatNumber: 2, status: 'CHECKED_IN' },
    ]);
  });

  it('refuses the tickets of a cancelled date, before and after their refund', async () => {
    const { userId, reservationId, eventId, codes } = await buyTickets([1, 2]);
    unwrap(await checkIn(codes[1] ?? ''));
    const reason = 'The singer is ill.';
    unwrap(await fixture().app.cancelEvent({ eventId, reason, by: BY_STAFF }));
    const cancelled = refused('EVENT_CANCELLED', { reason });
    expect(await checkIn(codes[0] ?? '')).toEqual(cancelled);
    expect(await tickets(userId, reservationId)).toMatchObject([
      { seatNumber: 1, status: 'CANCELLED', code: null },
      { seatNumber: 2, status: 'CANCELLED', code: null },
    ]);
    await fixture().app.endCancelledDates();
    expect(await checkIn(codes[0] ?? '')).toEqual(cancelled);
    expect(await tickets(userId, reservationId)).toMatchObject([
      { status: 'REFUNDED', code: null },
      { status: 'REFUNDED', code: null },
    ]);
  });

  it('gives the new owner of a seat another code', async () => {
    const first = await buyTickets([1]);
    unwrap(await fixture().refund(first.userId, first.reservationId));
    const second = await fixture().buy(first.sale, [1]);
    const [ticket] = await tickets(second.fan.userId, second.reservation.id);
    expect(ticket?.code).not.toBe(first.codes[0]);
    expect(await checkIn(first.codes[0] ?? '')).toEqual(refused('TICKET_REFUNDED'));
    unwrap(await checkIn(ticket?.code ?? ''));
  });

  it('refuses a refund by the owner of a seat that is checked in', async () => {
    const { userId, reservationId, codes } = await buyTickets([1, 2]);
    unwrap(await checkIn(codes[0] ?? ''));
    const used = refused('SEAT_CHECKED_IN', { checkedInSeats: [1] });
    expect(await fixture().refund(userId, reservationId)).toEqual(used);
    unwrap(await fixture().refund(userId, reservationId, [2]));
    expect(await fixture().refund(userId, reservationId)).toEqual(used);
  });

  it('either refunds a seat or lets it in, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { userId, reservationId, codes } = await buyTickets([1, 2]);
      const [entered, refund] = await Promise.all([
        checkIn(codes[0] ?? ''),
        fixture().refund(userId, reservationId, [1]),
      ]);
      expect(['OK and SEAT_CHECKED_IN', 'TICKET_REFUNDED and OK']).toContain(
        `${codeOf(entered)} and ${codeOf(refund)}`,
      );
    }
  });

  it('names the date of a ticket at the gate of another date', async () => {
    const { eventId, codes } = await buyTickets([1]);
    const elsewhere = (await fixture().openSale()).event.id;
    expect(await checkIn(codes[0] ?? '', { eventId: elsewhere })).toEqual(
      refused('WRONG_EVENT', { eventId }),
    );
    unwrap(await checkIn(codes[0] ?? '', { eventId }));
  });

  it('refuses forged codes, and codes of what is not paid or not there', async () => {
    const sale = await fixture().openSale();
    const held = await fixture().createHold(sale, [1]);
    const sign = (seat: TicketSeat) => fixture().ports.ticketCodes.sign(seat);
    const { id: reservationId } = held.reservation;
    const invalid = refused('TICKET_INVALID');
    expect(await checkIn('forged')).toEqual(invalid);
    expect(await checkIn(sign({ reservationId, seatNumber: 1 }))).toEqual(invalid);
    expect(await checkIn(sign({ reservationId: fixture().ports.ids.next(), seatNumber: 1 }))).toEqual(
      invalid,
    );
    const own = { userId: held.fan.userId, reservationId };
    expect(await fixture().app.listEntryTickets(own)).toEqual(
      refused('RESERVATION_NOT_CONFIRMED', { status: 'HELD' }),
    );
    expect(await fixture().app.listEntryTickets({ ...own, userId: 'stranger' })).toEqual(
      refused('NOT_FOUND', { what: 'reservation' }),
    );
  });

  it('shows staff the states of the tickets of a reservation', async () => {
    const { sale, userId, reservationId, codes } = await buyTickets([1, 2, 3]);
    const { checkedInAt } = unwrap(await checkIn(codes[0] ?? '')).value;
    unwrap(await fixture().refund(userId, reservationId, [2]));
    const order = unwrap(await fixture().app.getOrder(reservationId));
    expect(order.tickets).toEqual([
      { seatNumber: 1, status: 'CHECKED_IN', checkedInAt },
      { seatNumber: 2, status: 'REFUNDED', checkedInAt: null },
      { seatNumber: 3, status: 'VALID', checkedInAt: null },
    ]);
    const held = await fixture().createHold(sale, [4]);
    expect(unwrap(await fixture().app.getOrder(held.reservation.id)).tickets).toEqual([]);
  });

  it('counts what a date has sold, and what has entered', async () => {
    const { eventId, codes } = await buyTickets([1, 2, 3]);
    unwrap(await checkIn(codes[2] ?? ''));
    const counts = unwrap(await fixture().app.countCheckIns(eventId));
    expect(counts).toMatchObject({ ticketCount: 3, checkedInCount: 1 });
    expect(await fixture().app.countCheckIns('unknown')).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });
});

function codeOf(result: Result<unknown, { readonly code: string }>): string {
  return result.ok ? 'OK' : result.refusal.code;
}
