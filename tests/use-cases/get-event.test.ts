import { createApplication } from '@frontrow/application/application.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const STOPPED = { state: 'STOPPED', reason: 'A wrong price' } as const;
const UNKNOWN = refused('NOT_FOUND', { what: 'event' });

describe.each(environments)('getEvent ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  /** The use cases on a clock that the test sets, and how often they have counted seats. */
  function createCountedApp() {
    const { ports } = fixture();
    const state = { at: Math.floor(ports.clock.now() / 1_000) * 1_000, counts: 0 };
    const app = createApplication({
      ...ports,
      clock: { now: () => state.at },
      seatReads: {
        ...ports.seatReads,
        countAvailable: (eventIds) => {
          state.counts += 1;
          return ports.seatReads.countAvailable(eventIds);
        },
      },
    });
    return { app, state };
  }

  it('has the date, its concert and the seats that are neither held nor sold', async () => {
    const sale = await fixture().openSale();
    const concert = unwrap(await fixture().app.getConcert(sale.concertId));
    await fixture().createHold(sale, [1, 2]);
    await fixture().buy(sale, [3]);
    const found = unwrap(await fixture().app.getEvent(sale.event.id));
    expect(found).toEqual({
      event: sale.event,
      concert,
      available: { count: 7, byCategory: new Map([[0, 7]]), asOf: expect.any(Number) as number },
      categories: null,
    });
  });

  it('counts once a second for all who ask', async () => {
    const sale = await fixture().openSale();
    const { app, state } = createCountedApp();
    const count = async () => unwrap(await app.getEvent(sale.event.id)).available.count;
    expect(await Promise.all([count(), count(), count()])).toEqual([10, 10, 10]);
    await fixture().createHold(sale, [1]);
    state.at += 999;
    expect([await count(), state.counts]).toEqual([10, 1]);
    state.at += 1;
    expect([await count(), state.counts]).toEqual([9, 2]);
  });

  it('shows a stop of the date, and of its concert', async () => {
    const { concertId, event } = await fixture().openSale();
    const sales = async () => unwrap(await fixture().app.getEvent(event.id)).event.sales;
    unwrap(await fixture().app.changeConcertSales({ concertId, sales: STOPPED, by: BY_STAFF }));
    expect(await sales()).toEqual(STOPPED);
    const cancelled = { eventId: event.id, reason: 'The hall has burnt down', by: BY_STAFF };
    unwrap(await fixture().app.cancelEvent(cancelled));
    expect(await sales()).toEqual({ state: 'CANCELLED', reason: cancelled.reason });
  });

  it('counts nothing for an unknown date or one of a concert that is not public', async () => {
    const { concertId, event } = await fixture().openSale();
    const { app, state } = createCountedApp();
    expect(await app.getEvent(fixture().ports.ids.next())).toEqual(UNKNOWN);
    for (const visibility of ['DRAFT', 'ARCHIVED'] as const) {
      unwrap(await app.editConcert({ concertId, changes: { visibility }, expected: null, by: BY_STAFF }));
      expect(await app.getEvent(event.id)).toEqual(UNKNOWN);
    }
    expect(state.counts).toBe(0);
  });
});
