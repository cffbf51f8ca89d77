import { describe, expect, it } from 'vitest';
import { type GateCheckIn, checkInAtGate, entryTicketsOf } from '../../src/booking/entry-ticket.ts';
import { SALES_RUNNING } from '../../src/catalog/sales.ts';
import type { ConfirmedReservation, Reservation } from '../../src/booking/reservation.ts';
import { CONFIRMED as UNREFUNDED } from './confirmed-reservation.ts';

const CONFIRMED: ConfirmedReservation = { ...UNREFUNDED, refundedSeats: [5], refundedAmount: 100 };
const REFUNDED: Reservation = { ...CONFIRMED, status: 'REFUNDED', refundedSeats: [3, 5, 8] };
const UNPAID = (['HELD', 'EXPIRED', 'CANCELLED'] as const).map((status) => ({ ...CONFIRMED, status }));
const CHECK_IN: GateCheckIn = {
  reservationId: 'r1',
  seatNumber: 3,
  eventId: 'e1',
  gate: 'North',
  actor: 'staff',
  checkedInAt: 50,
};
const CANCELLED = { state: 'CANCELLED', reason: 'ill' } as const;
const presented = (reservation: Reservation, checkIn: GateCheckIn | null = null, asOf = 50) => ({
  reservation,
  sales: SALES_RUNNING,
  checkIn,
  asOf,
});
const AT_GATE = { seatNumber: 3, eventId: 'e1', gate: 'North', actor: 'staff' };
const refused = (code: string, facts: object = {}) => ({ ok: false, refusal: { code, ...facts } });

describe('the entry tickets of a reservation', () => {
  it('are those of its seats, used or refunded or neither', () => {
    expect(entryTicketsOf(CONFIRMED, [CHECK_IN], SALES_RUNNING)).toEqual({
      ok: true,
      value: [
        { seatNumber: 3, status: 'CHECKED_IN', checkedInAt: 50 },
        { seatNumber: 5, status: 'REFUNDED', checkedInAt: null },
        { seatNumber: 8, status: 'VALID', checkedInAt: null },
      ],
    });
  });

  it('are REFUNDED also where staff refunded a seat after its check-in', () => {
    expect(entryTicketsOf(REFUNDED, [CHECK_IN], SALES_RUNNING)).toMatchObject({
      value: [{ status: 'REFUNDED', checkedInAt: 50 }, { status: 'REFUNDED' }, { status: 'REFUNDED' }],
    });
  });

  it('are CANCELLED with the date until they are refunded', () => {
    expect(entryTicketsOf(CONFIRMED, [CHECK_IN], CANCELLED)).toMatchObject({
      value: [{ status: 'CANCELLED', checkedInAt: 50 }, { status: 'REFUNDED' }, { status: 'CANCELLED' }],
    });
  });

  it.each(UNPAID)('need a payment: $status', (reservation) => {
    const { status } = reservation;
    expect(entryTicketsOf(reservation, [], SALES_RUNNING)).toEqual(
      refused('RESERVATION_NOT_CONFIRMED', { status }),
    );
  });
});

describe('a gate', () => {
  it('accepts a ticket that nobody has used', () => {
    expect(checkInAtGate(presented(CONFIRMED), AT_GATE)).toEqual({ ok: true, value: CHECK_IN });
  });

  it('takes tickets of every date where it names none', () => {
    const anywhere = { ...AT_GATE, eventId: null, gate: null };
    expect(checkInAtGate(presented(CONFIRMED), anywhere)).toEqual({
      ok: true,
      value: { ...CHECK_IN, gate: null },
    });
  });

  it.each([
    ['paid', CONFIRMED],
    ['refunded', REFUNDED],
  ])('refuses a %s ticket of a cancelled date with the reason', (_, reservation) => {
    const ticket = { ...presented(reservation, CHECK_IN), sales: CANCELLED };
    expect(checkInAtGate(ticket, AT_GATE)).toEqual(refused('EVENT_CANCELLED', { reason: 'ill' }));
  });

  it('takes tickets of a date whose sales are stopped', () => {
    const sales = { state: 'STOPPED', reason: null } as const;
    expect(checkInAtGate({ ...presented(CONFIRMED), sales }, AT_GATE)).toMatchObject({ ok: true });
  });

  it.each<[string, Reservation, object, object | null, object]>([
    [
      'a used ticket',
      CONFIRMED,
      {},
      CHECK_IN,
      refused('ALREADY_CHECKED_IN', { checkedInAt: 50, gate: 'North' }),
    ],
    ['a refunded seat', CONFIRMED, { seatNumber: 5 }, null, refused('TICKET_REFUNDED')],
    ['a refunded reservation', REFUNDED, {}, null, refused('TICKET_REFUNDED')],
    ['a ticket that was refunded after its use', REFUNDED, {}, CHECK_IN, refused('TICKET_REFUNDED')],
    ['another date', CONFIRMED, { eventId: 'e2' }, CHECK_IN, refused('WRONG_EVENT', { eventId: 'e1' })],
    [
      'a seat that is not one of the reservation',
      CONFIRMED,
      { seatNumber: 4 },
      null,
      refused('TICKET_INVALID'),
    ],
    ['what is not paid', UNPAID[0]!, {}, null, refused('TICKET_INVALID')],
  ])('refuses %s', (_, reservation, at, earlier, refusal) => {
    const ticket = presented(reservation, earlier as GateCheckIn | null, 99);
    expect(checkInAtGate(ticket, { ...AT_GATE, ...at })).toEqual(refusal);
  });
});
