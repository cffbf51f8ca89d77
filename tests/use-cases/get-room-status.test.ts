import { createApplication } from '@frontrow/application/application.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { drawHall } from '../support/halls.ts';
import { unwrap } from '../support/results.ts';
import type { DateFacts } from '../support/concert-on-sale.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

const LAYOUT = drawHall({ Stalls: ['...', 'rr'] });
const [FRONT, REAR] = LAYOUT.categories;

describe.each(environments)('what is left in the status of a room ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  /** The use cases on a clock that the test sets, with counts that it delays or refuses. */
  function createWatchedApp() {
    const { ports } = fixture();
    const state = { at: ports.clock.now(), counts: 0, beforeCount: () => Promise.resolve() };
    const app = createApplication({
      ...ports,
      clock: { now: () => state.at },
      seatReads: {
        ...ports.seatReads,
        countAvailable: async (eventIds) => {
          state.counts += 1;
          await state.beforeCount();
          return ports.seatReads.countAvailable(eventIds);
        },
      },
    });
    return { app, state };
  }

  async function openSale(event: DateFacts = {}) {
    const sale = await fixture().openSale({ event });
    const { app, state } = createWatchedApp();
    const dates = async () => unwrap(await app.getRoomStatus(sale.concertId)).dates;
    const counts = async () => (await dates())?.map(({ available }) => available.count) ?? null;
    return { sale, app, state, dates, counts };
  }

  it('has the available seats of each category of the dates on sale', async () => {
    const { sale, dates } = await openSale({ layout: LAYOUT });
    await fixture().createHold(sale, [1]);
    expect(await dates()).toBeNull();
    await eventually(async () => {
      expect(await dates()).toMatchObject([
        {
          event: { id: sale.event.id },
          available: { count: 4 },
          categories: [
            { ...FRONT, availableCount: 2 },
            { ...REAR, availableCount: 2 },
          ],
        },
      ]);
    });
  });

  it('is the same object for all who read one snapshot and one count, so that it is serialised once', async () => {
    const { sale, app, counts } = await openSale();
    await eventually(async () => expect(await counts()).toEqual([10]));
    const read = async () => unwrap(await app.getRoomStatus(sale.concertId));
    const [first, second] = await Promise.all([read(), read()]);
    expect(second).toBe(first);
  });

  it('counts once in five seconds, whoever asks, and once for a date that is read as well', async () => {
    const { sale, app, state, counts } = await openSale();
    await eventually(async () => expect(await counts()).toEqual([10]));
    unwrap(await app.getEvent(sale.event.id));
    await fixture().createHold(sale, [1]);
    state.at += 4_999;
    expect([await counts(), state.counts]).toEqual([[10], 1]);
    state.at += 1;
    await eventually(async () => expect(await counts()).toEqual([9]));
    expect(state.counts).toBe(2);
  });

  it('does not wait for the database, and keeps a count for 30 seconds without it', async () => {
    const { state, counts } = await openSale();
    const silent = Promise.withResolvers<void>();
    state.beforeCount = () => silent.promise;
    expect(await counts()).toBeNull();
    expect(await counts()).toBeNull();
    silent.resolve();
    await eventually(async () => expect(await counts()).toEqual([10]));
    state.beforeCount = () => Promise.reject(new Unavailable('mysql'));
    state.at += 29_999;
    expect(await counts()).toEqual([10]);
    await eventually(() => expect(state.counts).toBe(2));
    expect(await counts()).toEqual([10]);
    state.at += 1;
    expect(await counts()).toBeNull();
    state.beforeCount = () => Promise.resolve();
    state.at += 5_000;
    await eventually(async () => expect(await counts()).toEqual([10]));
  });
});
