import { type Application, createApplication } from '@frontrow/application/application.ts';
import { listAll } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { PageRequest } from '@frontrow/application/ports/shared/page.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { ListEventsQuery } from '@frontrow/application/use-cases/catalog/list-events.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const MINUTE_MS = 60_000;
const FIRST = { limit: 100, cursor: null };

describe.each(environments)('listEvents ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  /** Five dates, one hour apart, and the use cases on a clock that the test sets: at first half an hour after the second. */
  async function createTour() {
    const sale = await fixture().openSale({ event: { seatCount: 4 } });
    const first = Math.ceil(sale.event.startsAt / HOUR_MS) * HOUR_MS;
    const dates: string[] = [];
    for (let hour = 0; hour < 5; hour += 1) {
      const startsAt = first + hour * HOUR_MS;
      dates.push((await fixture().addDate(sale, { startsAt, seatCount: 4 })).id);
    }
    // Its own date is of another moment: the tests tell the others by their index.
    const deletion = { eventId: sale.event.id, expected: null, by: BY_STAFF };
    unwrap(await fixture().app.deleteEvent(deletion));
    const { ports } = fixture();
    const state = { at: first + HOUR_MS + HOUR_MS / 2, reads: [] as (readonly string[])[], isDown: false };
    const app = createApplication({
      ...ports,
      clock: { now: () => state.at },
      seatReads: {
        ...ports.seatReads,
        countAvailable: (ids) => {
          state.reads.push(ids);
          return state.isDown
            ? Promise.reject(new Unavailable('mysql'))
            : ports.seatReads.countAvailable(ids);
        },
      },
    });
    const query = (filter: Partial<ListEventsQuery>): ListEventsQuery => ({
      concertId: sale.concertId,
      bookable: false,
      page: FIRST,
      ...filter,
    });
    const list = async (filter: Partial<ListEventsQuery> = {}) => unwrap(await app.listEvents(query(filter)));
    const indexes = async (filter: Partial<ListEventsQuery> = {}, limit = 100) => {
      const all = await listAll((page: PageRequest) => list({ ...filter, page }), limit);
      return all.map(({ id }) => dates.indexOf(id));
    };
    return { ...sale, app, state, first, dates, list, indexes };
  }

  it('has upcoming dates first, earliest first, and then those that have begun, latest first', async () => {
    const { indexes, state, first } = await createTour();
    const inOrder = [2, 3, 4, 1, 0];
    for (const limit of [1, 2, 3, 4, 100]) expect(await indexes({}, limit)).toEqual(inOrder);
    state.at = first + 2 * HOUR_MS + MINUTE_MS - 1;
    expect(await indexes()).toEqual(inOrder);
    state.at += 1;
    expect(await indexes()).toEqual([3, 4, 2, 1, 0]);
    state.at = first - HOUR_MS;
    expect(await indexes()).toEqual([0, 1, 2, 3, 4]);
    state.at = first + 10 * HOUR_MS;
    expect(await indexes({}, 2)).toEqual([4, 3, 2, 1, 0]);
  });

  it('keeps its order from page to page while dates begin', async () => {
    const { list, state, dates } = await createTour();
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ page: { limit: 1, cursor } });
      seen.push(...page.items.map(({ id }) => dates.indexOf(id)));
      cursor = page.nextCursor;
      state.at += HOUR_MS;
    } while (cursor !== null);
    expect(seen).toEqual([2, 3, 4, 1, 0]);
  });

  it.each([1, 2, 100])('has the dates from a time, to a time and in between, by %i', async (limit) => {
    const { indexes, first } = await createTour();
    const at = (hour: number) => first + hour * HOUR_MS;
    expect(await indexes({ from: at(3) }, limit)).toEqual([3, 4]);
    expect(await indexes({ from: at(3) + 1 }, limit)).toEqual([4]);
    expect(await indexes({ to: at(3) }, limit)).toEqual([2, 1, 0]);
    expect(await indexes({ to: at(3) + 1 }, limit)).toEqual([2, 3, 1, 0]);
    expect(await indexes({ to: at(1) }, limit)).toEqual([0]);
    expect(await indexes({ from: at(1), to: at(3) }, limit)).toEqual([2, 1]);
    expect(await indexes({ from: at(0) + 1, to: at(1) + 1 }, limit)).toEqual([1]);
    expect(await indexes({ from: at(3), to: at(1) }, limit)).toEqual([]);
    expect(await indexes({ from: 0, to: 0 }, limit)).toEqual([]);
  });

  it('has the bookable dates of a range', async () => {
    const { indexes, state, first } = await createTour();
    state.at = fixture().ports.clock.now();
    const range = { from: first + HOUR_MS, to: first + 4 * HOUR_MS };
    expect(await indexes({ ...range, bookable: true }, 2)).toEqual([1, 2, 3]);
    state.at = first + 10 * HOUR_MS;
    expect(await indexes({ ...range, bookable: true })).toEqual([]);
  });

  it('lists nothing after a cursor that is not its own', async () => {
    const { list } = await createTour();
    const now = fixture().ports.clock.now();
    const minutes = [now - (now % MINUTE_MS) + 1_000 * HOUR_MS, 0].map((divide) => `UPCOMING:${divide}:`);
    for (const cursor of ['', 'x', 'REST:9:x', `UPCOMING:${'9'.repeat(15)}:`, ...minutes])
      expect(await list({ page: { limit: 2, cursor } })).toMatchObject({ items: [], nextCursor: null });
  });

  it('counts the seats of a whole list with one read a second, and shares the answer', async () => {
    const { list, state, app, dates } = await createTour();
    const [one, other] = await Promise.all([list(), list()]);
    expect(one.items.map(({ available }) => available?.count)).toEqual([4, 4, 4, 4, 4]);
    expect(other).toBe(one);
    state.at += 999 - (state.at % 1_000);
    expect(await list()).toBe(one);
    await list({ page: { limit: 3, cursor: null } });
    unwrap(await app.getEvent(dates[1]!));
    expect(state.reads).toEqual([[2, 3, 4, 1, 0].map((index) => dates[index])]);
    state.at += 1;
    expect(await list()).not.toBe(one);
    expect(state.reads).toHaveLength(2);
  });

  it('counts a hold and a stop of the sales within a second', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 4 } });
    const state = { at: fixture().ports.clock.now() };
    const app: Application = createApplication({ ...fixture().ports, clock: { now: () => state.at } });
    const { concertId } = sale;
    const list = async () => unwrap(await app.listEvents({ concertId, bookable: false, page: FIRST })).items;
    expect(await list()).toMatchObject([{ available: { count: 4 }, sales: { state: 'RUNNING' } }]);
    await fixture().createHold(sale, [1]);
    const sales = { state: 'STOPPED', reason: 'A wrong price' } as const;
    unwrap(await app.changeConcertSales({ concertId, sales, by: BY_STAFF }));
    expect(await list()).toMatchObject([{ sales }]);
    state.at += 1_000;
    expect(await list()).toMatchObject([{ available: { count: 3 }, sales }]);
  });

  it('has no counts while the seats cannot be counted', async () => {
    const { list, state } = await createTour();
    state.isDown = true;
    expect((await list()).items.map(({ available }) => available)).toEqual([null, null, null, null, null]);
    state.isDown = false;
    expect((await list()).items.map(({ available }) => available?.count)).toEqual([4, 4, 4, 4, 4]);
  });
});
