import type { OrderFilter } from '@frontrow/application/ports/booking/orders.ts';
import type { EventId, UserId } from '@frontrow/domain/shared/ids.ts';
import { roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const PAGE = { limit: 100, cursor: null };
const REASON = 'The family of the singer';
const ANY: OrderFilter = { status: null, userId: null, seatNumber: null, from: null, until: null };

describe.each(environments)('giveSeats ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const give = (
    eventId: EventId,
    userId: UserId,
    seatNumbers: readonly number[],
    request = fixture().newRequest('staff'),
  ) => fixture().app.giveSeats({ eventId, userId, seatNumbers, reason: REASON, request, by: BY_STAFF });
  const mustGive = async (eventId: EventId, userId: UserId, seatNumbers: readonly number[]) =>
    unwrap(await give(eventId, userId, seatNumbers)).value;
  const actsOn = async (reservationId: string) => {
    const filter = { actor: null, target: `reservation/${reservationId}`, from: null, until: null };
    return (await fixture().app.listAuditLog(filter, PAGE)).items;
  };
  const reportOf = async (eventId: EventId) => unwrap(await fixture().app.reportSales(eventId));

  it('sells the seats for nothing, and shows them to the fan and in the audit log', async () => {
    const sale = await fixture().openSale();
    const userId = fixture().newUser();
    const given = await mustGive(sale.event.id, userId, [4, 2]);
    expect(given).toMatchObject({ status: 'CONFIRMED', userId, seatNumbers: [2, 4], totalAmount: 0 });
    expect([await fixture().seatStatus(sale, 2), await fixture().seatStatus(sale, 4)]).toEqual([
      'SOLD',
      'SOLD',
    ]);
    expect(await fixture().app.listReservations(userId, PAGE)).toEqual({ items: [given], nextCursor: null });
    expect((await fixture().app.listPayments(userId, PAGE)).items).toMatchObject([
      { id: given.paymentId, reservationId: given.id, amount: 0 },
    ]);
    expect((await fixture().app.listWalletEntries(userId, PAGE)).items).toMatchObject([
      { kind: 'PAYMENT', amount: 0, balanceAfter: 0, paymentId: given.paymentId },
    ]);
    expect(await actsOn(given.id)).toMatchObject([
      { ...BY_STAFF, reason: REASON, before: null, after: { id: given.id, complimentary: true } },
    ]);
    const { history } = unwrap(await fixture().app.getOrder(given.id));
    expect(history).toEqual([
      { kind: 'GIVEN', at: given.createdAt, actor: BY_STAFF.actor, reason: REASON, amount: null },
    ]);
  });

  it('answers a repeat with the same key again, and gives the seats once', async () => {
    const sale = await fixture().openSale();
    const userId = fixture().newUser();
    const request = fixture().newRequest('staff');
    const repeats = Array.from({ length: 4 }, () => give(sale.event.id, userId, [1], request));
    const answers = await Promise.all(repeats);
    const ids = answers.flatMap((answer) => (answer.ok ? [answer.value.value.id] : []));
    expect(new Set(ids).size).toBe(1);
    expect(unwrap(await give(sale.event.id, userId, [1], request)).replayed).toBe(true);
    expect((await fixture().app.listReservations(userId, PAGE)).items).toHaveLength(1);
    expect(await actsOn(ids[0]!)).toHaveLength(1);
  });

  it('refuses seats that are held or sold, all of them or none, and seats that the date does not have', async () => {
    const sale = await fixture().openSale();
    await fixture().buy(sale, [1]);
    await fixture().createHold(sale, [2]);
    const userId = fixture().newUser();
    expect(await give(sale.event.id, userId, [1, 2, 3])).toEqual(
      refused('SEAT_UNAVAILABLE', { unavailableSeats: [1, 2] }),
    );
    expect(await fixture().seatStatus(sale, 3)).toBe('AVAILABLE');
    expect(await give(sale.event.id, userId, [11])).toMatchObject(refused('VALIDATION_FAILED'));
    expect(await give(sale.event.id, userId, [3, 3])).toMatchObject(refused('VALIDATION_FAILED'));
    const unknown = refused('NOT_FOUND', { what: 'event' });
    expect(await give(fixture().ports.ids.next(), userId, [3])).toEqual(unknown);
    expect((await fixture().app.listReservations(userId, PAGE)).items).toEqual([]);
  });

  it('gives the seats of a hold that has lapsed, swept or not', async () => {
    const sale = await fixture().openSale({ hold: { ttlMs: 100 } });
    const { reservation } = await fixture().createHold(sale, [1]);
    await fixture().advance(150);
    await mustGive(sale.event.id, fixture().newUser(), [1]);
    await fixture().app.sweepHolds();
    expect(await fixture().reservationStatus(reservation.id)).toBe('EXPIRED');
    expect(await fixture().seatStatus(sale, 1)).toBe('SOLD');
  });

  it('works before the booking window, for a DRAFT concert, and while sales are stopped', async () => {
    const now = fixture().ports.clock.now();
    const times = { reservationStartAt: now + HOUR_MS, reservationEndAt: now + 2 * HOUR_MS };
    const sale = await fixture().openSale({ event: times });
    const { concertId, event } = sale;
    const userId = fixture().newUser();
    await mustGive(event.id, userId, [1]);
    const sales = { state: 'STOPPED', reason: null } as const;
    unwrap(await fixture().app.changeEventSales({ eventId: event.id, sales, by: BY_STAFF }));
    await mustGive(event.id, userId, [2]);
    const changes = { visibility: 'DRAFT' } as const;
    unwrap(await fixture().app.editConcert({ concertId, changes, expected: null, by: BY_STAFF }));
    await mustGive(event.id, userId, [3]);
    expect(await fixture().app.deleteEvent({ eventId: event.id, expected: null, by: BY_STAFF })).toEqual(
      refused('HAS_RESERVATIONS'),
    );
  });

  it('refuses a cancelled date, and one that has begun', async () => {
    const cancelled = await fixture().openSale();
    const cancellation = { eventId: cancelled.event.id, reason: 'ill', by: BY_STAFF };
    unwrap(await fixture().app.cancelEvent(cancellation));
    const userId = fixture().newUser();
    expect(await give(cancelled.event.id, userId, [1])).toEqual(
      refused('EVENT_CANCELLED', { reason: 'ill' }),
    );
    const startsAt = fixture().ports.clock.now() + 2_000;
    const begun = await fixture().openSale({ event: { startsAt, reservationEndAt: startsAt } });
    await fixture().advance(2_050);
    expect(await give(begun.event.id, userId, [1])).toEqual(refused('EVENT_STARTED', { startsAt }));
  });

  it('leaves the limits of the hold policy to what the fan buys', async () => {
    const hold = { maxSeatsPerReservation: 1, seatsPerUserMax: 1 };
    const sale = await fixture().openSale({ hold });
    const fan = await fixture().join(sale);
    const held = await fixture().createHold(sale, [1], fan);
    await mustGive(sale.event.id, fan.userId, [2, 3]);
    await fixture().charge(fan.userId, 1_000);
    unwrap(await fixture().pay(fan.userId, held.reservation.id));
    await fixture().app.countInventory();
    const again = await fixture().join(sale, fan.userId);
    expect(await fixture().hold(again, sale, [4])).toEqual(
      refused('SEAT_LIMIT_EXCEEDED', { seatsPerUserMax: 1, seatsBought: 1 }),
    );
  });

  it('pays nothing back for a refund, by the fan or by staff, and returns the seats to sale', async () => {
    const sale = await fixture().openSale();
    const userId = fixture().newUser();
    const { id } = await mustGive(sale.event.id, userId, [1, 2]);
    expect(unwrap(await fixture().refund(userId, id, [1])).value).toMatchObject({ amount: 0 });
    const staff = { reservationId: id, seatNumbers: null, reason: 'They do not come', by: BY_STAFF };
    const request = fixture().newRequest('staff');
    expect(unwrap(await fixture().app.refundByStaff({ ...staff, request })).value).toMatchObject({
      amount: 0,
      seatNumbers: [2],
    });
    expect(await fixture().reservationStatus(id)).toBe('REFUNDED');
    expect((await fixture().app.getWallet(userId)).balance).toBe(0);
    await fixture().createHold(sale, [1, 2]);
  });

  it('ends with its date, and counts in the progress of the cancellation', async () => {
    const sale = await fixture().openSale();
    const { id } = await mustGive(sale.event.id, fixture().newUser(), [1]);
    const cancellation = { eventId: sale.event.id, reason: 'ill', by: BY_STAFF };
    expect(unwrap(await fixture().app.cancelEvent(cancellation))).toMatchObject({ remaining: 1 });
    await fixture().app.endCancelledDates();
    expect(unwrap(await fixture().app.getCancellation(sale.event.id))).toMatchObject({
      refunded: 1,
      remaining: 0,
    });
    expect(await fixture().reservationStatus(id)).toBe('REFUNDED');
  });

  it('has entry tickets, of which each opens a gate once', async () => {
    const sale = await fixture().openSale();
    const userId = fixture().newUser();
    const { id: reservationId } = await mustGive(sale.event.id, userId, [1, 2]);
    const tickets = unwrap(await fixture().app.listEntryTickets({ userId, reservationId }));
    expect(tickets.map(({ status }) => status)).toEqual(['VALID', 'VALID']);
    const at = { eventId: sale.event.id, gate: null, actor: 'gate' };
    const scan = () => {
      const request = fixture().newRequest('gate');
      return fixture().app.checkInTicket({ ...at, code: tickets[0]?.code ?? '', request });
    };
    expect(unwrap(await scan()).value).toMatchObject({ reservationId, seatNumber: 1 });
    expect(await scan()).toMatchObject(refused('ALREADY_CHECKED_IN'));
  });

  it('is counted apart in the report, whose revenue and hours it does not change', async () => {
    const sale = await fixture().openSale();
    await fixture().buy(sale, [1, 2]);
    const before = await reportOf(sale.event.id);
    const userId = fixture().newUser();
    const { id } = await mustGive(sale.event.id, userId, [3, 4, 5]);
    const { byPrice, byHour } = await reportOf(sale.event.id);
    expect(byPrice).toEqual([{ price: 1_000, sold: 2, complimentary: 3, held: 0, available: 5, blocked: 0 }]);
    expect(byHour).toEqual(before.byHour);
    unwrap(await fixture().refund(userId, id, [4]));
    const after = await reportOf(sale.event.id);
    expect(after.byPrice).toMatchObject([{ sold: 2, complimentary: 2, available: 6 }]);
    expect(after.byHour).toEqual(before.byHour);
    const { items } = unwrap(await fixture().app.listOrders(sale.event.id, { ...ANY, userId }, PAGE));
    expect(items).toMatchObject([{ id, complimentary: true, refundedSeats: [4] }]);
  });

  it('sells the room out with the next count, and opens it again after a refund', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 2 } });
    await fixture().join(sale);
    await fixture().app.countInventory();
    const userId = fixture().newUser();
    const { id } = await mustGive(sale.event.id, userId, [1, 2]);
    const stateOf = async () => {
      await fixture().app.countInventory();
      const { room, asOf } = await fixture().ports.waitingRoom.statistics(sale.concertId);
      return roomState(room, asOf);
    };
    expect(await stateOf()).toBe('SOLD_OUT');
    unwrap(await fixture().refund(userId, id));
    expect(await stateOf()).toBe('OPEN');
  });
});
