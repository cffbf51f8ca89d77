import type { Visibility } from '@frontrow/domain/catalog/concert.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { refused, unwrap } from '../support/results.ts';
import { type ConcertOnSale } from '../support/concert-on-sale.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const PAGE = { limit: 100, cursor: null };
const ANY = { expected: null, by: BY_STAFF };
const UNKNOWN_CONCERT = refused('NOT_FOUND', { what: 'concert' });
const UNKNOWN_EVENT = refused('NOT_FOUND', { what: 'event' });

const pointerTo = (member: string) => ({
  refusal: { code: 'VALIDATION_FAILED', errors: [{ pointer: `/${member}` }] },
});

describe.each(environments)('a concert and its dates ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const show = ({ concertId }: ConcertOnSale, visibility: Visibility) =>
    fixture().app.editConcert({ concertId, changes: { visibility }, ...ANY });

  it('changes what is named, for the version that was read, and shows it to fans', async () => {
    const { concertId } = await fixture().openSale();
    const before = unwrap(await fixture().app.readCatalog.concert(concertId));
    const edit = (expected: number, changes: object) =>
      fixture().app.editConcert({ concertId, changes, expected: new Set([expected]), by: BY_STAFF });
    const edited = { ...before, title: 'Summer Light', version: before.version + 1 };
    expect(unwrap(await edit(before.version, { title: 'Summer Light' }))).toEqual(edited);
    expect(await edit(before.version, { title: 'Lost update' })).toEqual(
      refused('PRECONDITION_FAILED', { version: edited.version }),
    );
    expect(unwrap(await fixture().app.readCatalog.concert(concertId))).toEqual(edited);
    expect(unwrap(await fixture().app.getConcert(concertId))).toEqual(edited);
  });

  it('lets one of many concurrent edits of a version through', async () => {
    const { event } = await fixture().openSale();
    const edits = await Promise.all(
      [1, 2, 3, 4].map((price) =>
        fixture().app.editEvent({
          eventId: event.id,
          changes: { price },
          expected: new Set([event.version]),
          by: BY_STAFF,
        }),
      ),
    );
    expect(edits.filter(({ ok }) => ok)).toHaveLength(1);
    expect(unwrap(await fixture().app.readCatalog.event(event.id)).version).toBe(event.version + 1);
  });

  it('lets one of many concurrent edits of a concert through', async () => {
    const { concertId } = await fixture().openSale();
    const { version } = unwrap(await fixture().app.readCatalog.concert(concertId));
    const edits = await Promise.all(
      ['A', 'B', 'C', 'D'].map((title) =>
        fixture().app.editConcert({
          concertId,
          changes: { title },
          expected: new Set([version]),
          by: BY_STAFF,
        }),
      ),
    );
    expect(edits.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it.each(['DRAFT', 'ARCHIVED'] as const)(
    'is public only while PUBLISHED, and not while %s',
    async (hidden) => {
      const sale = await fixture().openSale();
      const { concertId, event } = sale;
      const { fan, reservation } = await fixture().createHold(sale, [1]);
      await fixture().charge(fan.userId, 10_000);
      const other = await fixture().join(sale);
      unwrap(await show(sale, hidden));

      const listed = await fixture().app.listConcerts(PAGE);
      expect(listed.items.map(({ id }) => id)).not.toContain(concertId);
      expect(await fixture().app.getConcert(concertId)).toEqual(UNKNOWN_CONCERT);
      expect(await fixture().app.listEvents({ concertId, bookable: false, page: PAGE })).toEqual(
        UNKNOWN_CONCERT,
      );
      const join = { concertId, userId: fixture().newUser() };
      expect(await fixture().app.issueQueueToken(join)).toEqual(UNKNOWN_CONCERT);
      expect(await fixture().hold(other, sale, [2])).toEqual(UNKNOWN_EVENT);
      expect(await fixture().app.listSeats({ eventId: event.id, ticket: other.ticket })).toEqual(
        UNKNOWN_EVENT,
      );
      const room = hidden === 'DRAFT' ? 'NOT_OPEN' : 'CLOSED';
      await eventually(async () =>
        expect((await fixture().app.getQueueStatus(other.ticket)).room).toBe(room),
      );
      const organisers = unwrap(await fixture().app.readCatalog.events(concertId, PAGE));
      expect(organisers.items).toEqual([event]);

      const own = { userId: fan.userId, reservationId: reservation.id };
      expect(unwrap(await fixture().app.getReservation(own)).status).toBe('HELD');
      unwrap(await fixture().pay(fan.userId, reservation.id));
      unwrap(await show(sale, 'PUBLISHED'));
      unwrap(await fixture().app.getConcert(concertId));
      unwrap(await fixture().hold(other, sale, [2]));
    },
  );

  it('gives free seats a new price at once, and held and sold ones once they are free again', async () => {
    const sale = await fixture().openSale({ event: { price: 1_000, seatCount: 4 }, hold: { ttlMs: 400 } });
    const lapsing = await fixture().createHold(sale, [1]);
    unwrap(
      await fixture().app.changePolicy({
        concertId: sale.concertId,
        admission: {},
        hold: { ttlMs: 60_000 },
        by: BY_STAFF,
      }),
    );
    const kept = await fixture().createHold(sale, [2, 3]);
    await fixture().charge(kept.fan.userId, 10_000);
    const changes = { price: 1_500, seatCount: 5 };
    const edited = unwrap(await fixture().app.editEvent({ eventId: sale.event.id, changes, ...ANY }));
    expect(edited).toMatchObject(changes);
    const prices = async () =>
      (await fixture().ports.seatReads.list(sale.event.id, [])).seats.map(({ price }) => price);
    expect((await prices()).slice(1)).toEqual([1_000, 1_000, 1_500, 1_500]);

    const own = { userId: kept.fan.userId, reservationId: kept.reservation.id };
    expect(unwrap(await fixture().app.keepSeats({ ...own, seatNumbers: [2] })).totalAmount).toBe(1_000);
    await fixture().advance(450);
    expect(lapsing.reservation.totalAmount).toBe(1_000);
    expect(await prices()).toEqual([1_500, 1_000, 1_500, 1_500, 1_500]);
    const next = await fixture().createHold(sale, [1, 3, 5]);
    expect(next.reservation.totalAmount).toBe(4_500);
    expect(unwrap(await fixture().pay(kept.fan.userId, kept.reservation.id)).value.amount).toBe(1_000);
    expect(await prices()).toEqual([1_500, 1_000, 1_500, 1_500, 1_500]);
    const refund = { ...own, seatNumbers: null, request: fixture().newRequest(own.userId) };
    expect(unwrap(await fixture().app.refundReservation(refund)).value.amount).toBe(1_000);
    expect((await prices())[1]).toBe(1_500);
  });

  it('moves the window of a date, and the room follows', async () => {
    const sale = await fixture().openSale();
    const { ticket } = await fixture().join(sale);
    const later = { reservationStartAt: sale.event.startsAt - 2, reservationEndAt: sale.event.startsAt - 1 };
    unwrap(await fixture().app.editEvent({ eventId: sale.event.id, changes: later, ...ANY }));
    await eventually(async () => expect((await fixture().app.getQueueStatus(ticket)).room).toBe('NOT_OPEN'));
    const hold = await fixture().hold({ userId: ticket.userId, ticket }, sale, [1]);
    expect(hold).toEqual(refused('EVENT_NOT_BOOKABLE', later));
    const { concertId } = sale;
    const dates = unwrap(await fixture().app.listEvents({ concertId, bookable: false, page: PAGE }));
    expect(dates.items).toMatchObject([later]);
  });

  it('refuses fewer seats, a past start, windows that contradict each other and a date that exists', async () => {
    const { concertId, event } = await fixture().openSale();
    const edit = (changes: object) => fixture().app.editEvent({ eventId: event.id, changes, ...ANY });
    expect(await edit({ seatCount: event.seatCount - 1 })).toMatchObject(pointerTo('seatCount'));
    expect(await edit({ startsAt: 1, reservationStartAt: -1, reservationEndAt: 0 })).toMatchObject({
      refusal: {
        errors: [{ pointer: '/startsAt' }, { pointer: '/refundUntil' }],
      },
    });
    expect(await edit({ refundUntil: event.startsAt + 1 })).toMatchObject(pointerTo('refundUntil'));
    const { id: _, version: _version, sales: _sales, ...facts } = event;
    const create = { ...facts, concertId, by: BY_STAFF };
    expect(await fixture().app.createEvent({ ...create, request: null })).toMatchObject(
      pointerTo('startsAt'),
    );
    const request = fixture().newRequest('staff');
    unwrap(await fixture().app.createEvent({ ...create, request }));
    expect(unwrap(await fixture().app.readCatalog.event(event.id))).toEqual(event);
  });

  it('deletes a date and a concert that never held a seat, and no other', async () => {
    const sale = await fixture().openSale();
    const { concertId } = sale;
    const unused = await fixture().addDate(sale, {});
    const { fan, reservation } = await fixture().createHold(sale, [1]);
    unwrap(await fixture().app.cancelReservation({ userId: fan.userId, reservationId: reservation.id }));
    const deleteEvent = (eventId: string) => fixture().app.deleteEvent({ eventId, ...ANY });
    expect(await deleteEvent(sale.event.id)).toEqual(refused('HAS_RESERVATIONS'));
    expect(await fixture().app.deleteConcert({ concertId, ...ANY })).toEqual(refused('HAS_RESERVATIONS'));
    expect(await fixture().seatStatus(sale, 1)).toBe('AVAILABLE');
    unwrap(await deleteEvent(unused.id));
    expect(await deleteEvent(unused.id)).toEqual(UNKNOWN_EVENT);
    expect(await fixture().hold(fan, { ...sale, event: unused }, [1])).toEqual(UNKNOWN_EVENT);
    unwrap(await fixture().hold(fan, sale, [1]));

    const other = await fixture().openSale();
    const { ticket } = await fixture().join(other);
    unwrap(await fixture().app.deleteConcert({ concertId: other.concertId, ...ANY }));
    expect(await fixture().app.getConcert(other.concertId)).toEqual(UNKNOWN_CONCERT);
    expect(await fixture().app.readCatalog.event(other.event.id)).toEqual(UNKNOWN_EVENT);
    await eventually(async () => expect((await fixture().app.getQueueStatus(ticket)).room).toBe('CLOSED'));
  });

  it('records each edit and deletion with what was before and after', async () => {
    const { concertId, event } = await fixture().openSale();
    const by = { ...BY_STAFF, actor: fixture().newUser() };
    const act = { expected: null, by };
    const edited = unwrap(
      await fixture().app.editEvent({ eventId: event.id, changes: { venue: 'B' }, ...act }),
    );
    unwrap(await fixture().app.deleteEvent({ eventId: event.id, ...act }));
    const concert = unwrap(await fixture().app.readCatalog.concert(concertId));
    unwrap(await fixture().app.deleteConcert({ concertId, ...act }));
    const filter = { actor: by.actor, target: null, from: null, until: null };
    const { items } = await fixture().app.listAuditLog(filter, PAGE);
    expect(items).toMatchObject([
      { target: `concert/${concertId}`, before: concert, after: null },
      { target: `event/${event.id}`, before: edited, after: null },
      { target: `event/${event.id}`, before: event, after: edited },
    ]);
  });
});
