import { createApplication } from '@frontrow/application/application.ts';
import { listAll } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { PageRequest } from '@frontrow/application/ports/shared/page.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { unwrap, refused } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { environments } from '../support/environments.ts';
import { BY_STAFF } from '../support/staff.ts';

const CONCERT = { title: 'Winter Light', artist: 'The Night Owls', description: 'One night only' };
const PAGE = { limit: 100, cursor: null };

describe.each(environments)('concerts and their dates ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const listEvents = async (concertId: string, bookable: boolean, limit = 100) => {
    const events = await listAll(
      async (page) => unwrap(await fixture().app.listEvents({ concertId, bookable, page })),
      limit,
    );
    return events.map(({ id }) => id);
  };

  it('createConcert shows the concert at once, also in a cached list', async () => {
    const before = await fixture().app.listConcerts(PAGE);
    const { value: concert } = unwrap(
      await fixture().app.createConcert({ by: BY_STAFF, ...CONCERT, request: null }),
    );
    expect(concert).toMatchObject({ ...CONCERT, visibility: 'PUBLISHED', id: expect.any(String) as string });
    expect(await fixture().app.getConcert(concert.id)).toEqual({ ok: true, value: concert });
    const after = await fixture().app.listConcerts(PAGE);
    expect(after.items).toEqual([...before.items, concert]);
  });

  it('getConcert and listEvents refuse an unknown concert', async () => {
    const unknown = refused('NOT_FOUND', { what: 'concert' });
    const id = fixture().ports.ids.next();
    expect(await fixture().app.getConcert(id)).toEqual(unknown);
    expect(await fixture().app.listEvents({ concertId: id, bookable: false, page: PAGE })).toEqual(unknown);
  });

  it('createEvent allows refunds until the end of the booking window by default', async () => {
    const sale = await fixture().openSale();
    expect(sale.event.refundUntil).toBe(sale.event.reservationEndAt);
    const later = await fixture().addDate(sale, { refundUntil: sale.event.startsAt });
    expect(later.refundUntil).toBe(sale.event.startsAt);
  });

  it('createEvent shows the date at once, with all its seats', async () => {
    const sale = await fixture().openSale();
    expect(await listEvents(sale.concertId, false)).toEqual([sale.event.id]);
    const event = await fixture().addDate(sale, {
      seatCount: 3,
      price: 0,
      startsAt: sale.event.startsAt + HOUR_MS,
    });
    expect(await listEvents(sale.concertId, false)).toEqual([sale.event.id, event.id]);
    const { ticket } = await fixture().join(sale);
    const { seats } = unwrap(await fixture().app.listSeats({ eventId: event.id, ticket }));
    expect(seats.map(({ number, price, status }) => [number, price, status])).toEqual([
      [1, 0, 'AVAILABLE'],
      [2, 0, 'AVAILABLE'],
      [3, 0, 'AVAILABLE'],
    ]);
  });

  it('createEvent refuses an unknown concert and contradictory times', async () => {
    const { event, concertId } = await fixture().openSale();
    const command = { ...event, request: null };
    const unknown = await fixture().app.createEvent({
      by: BY_STAFF,
      ...command,
      concertId: fixture().ports.ids.next(),
    });
    expect(unknown).toEqual(refused('NOT_FOUND', { what: 'concert' }));
    const wrong = await fixture().app.createEvent({
      by: BY_STAFF,
      ...command,
      reservationEndAt: event.reservationStartAt,
    });
    expect(wrong).toMatchObject({
      refusal: {
        code: 'VALIDATION_FAILED',
        errors: [{ pointer: '/reservationEndAt' }, { pointer: '/refundUntil' }].slice(0, 1),
      },
    });
    expect(await listEvents(concertId, false)).toEqual([event.id]);
  });

  it('createConcert and createEvent create once for a repeated request', async () => {
    const request = fixture().newRequest('admin');
    const [one, other] = [
      unwrap(await fixture().app.createConcert({ by: BY_STAFF, ...CONCERT, request })),
      unwrap(await fixture().app.createConcert({ by: BY_STAFF, ...CONCERT, request })),
    ];
    expect([one.replayed, other]).toEqual([false, { value: one.value, replayed: true }]);
    const reused = await fixture().app.createConcert({
      by: BY_STAFF,
      ...CONCERT,
      request: { ...request, fingerprint: 'x' },
    });
    expect(reused).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
    const { event } = await fixture().openSale();
    const command = {
      ...event,
      by: BY_STAFF,
      concertId: one.value.id,
      request: fixture().newRequest('admin'),
    };
    const created = unwrap(await fixture().app.createEvent(command));
    expect(unwrap(await fixture().app.createEvent(command))).toEqual({
      value: created.value,
      replayed: true,
    });
    expect(await listEvents(one.value.id, false)).toEqual([created.value.id]);
  });

  it('listEvents applies the clock to cached dates, page by page', async () => {
    const now = fixture().ports.clock.now();
    const sale = await fixture().openSale({ event: { reservationEndAt: now + 5_000 } });
    const { startsAt } = sale.event;
    const opensLater = await fixture().addDate(sale, {
      reservationStartAt: now + 5_000,
      startsAt: startsAt + 2 * HOUR_MS,
    });
    const third = await fixture().addDate(sale, { startsAt: startsAt + HOUR_MS });
    expect(await listEvents(sale.concertId, true)).toEqual([sale.event.id, third.id]);
    await fixture().advance(5_050);
    expect(await listEvents(sale.concertId, true)).toEqual([third.id, opensLater.id]);
    expect(await listEvents(sale.concertId, true, 1)).toEqual([third.id, opensLater.id]);
    expect(await listEvents(sale.concertId, false, 2)).toEqual([sale.event.id, third.id, opensLater.id]);
  });

  it('listEvents finds bookable dates behind many that open within the minute, with a bound for each call', async () => {
    const now = fixture().ports.clock.now();
    const minute = now - (now % 60_000);
    const sale = await fixture().openSale({ event: { startsAt: now + 100 * HOUR_MS } });
    for (let day = 0; day < 12; day += 1)
      await fixture().addDate(sale, {
        reservationStartAt: minute + 30_000,
        startsAt: now + (50 + day) * HOUR_MS,
      });
    const bookable = async (limit: number, at: number) => {
      const app = createApplication({ ...fixture().ports, clock: { now: () => minute + at } });
      const list = async (page: PageRequest) =>
        unwrap(await app.listEvents({ concertId: sale.concertId, bookable: true, page }));
      return { first: await list({ limit, cursor: null }), all: await listAll(list, limit) };
    };
    const opensLater = await bookable(1, 29_999);
    expect(opensLater.first).toMatchObject({ items: [], nextCursor: expect.any(String) as string });
    expect(opensLater.all).toMatchObject([sale.event]);
    expect((await bookable(13, 29_999)).first).toMatchObject({ items: [sale.event], nextCursor: null });
    expect((await bookable(13, 30_000)).first.items).toHaveLength(13);
    expect((await bookable(4, 30_000)).all).toHaveLength(13);
  });
});
