import { createApplication } from '@frontrow/application/application.ts';
import { listAll } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { ListConcertsQuery } from '@frontrow/application/use-cases/catalog/list-concerts.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

type Filter = Omit<ListConcertsQuery, 'limit' | 'cursor'>;

describe.each(environments)('listConcerts ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  /** The use cases on a clock that the test sets, and how often they have read concerts from the database. */
  function createCountedApp() {
    const { ports } = fixture();
    const state = { at: ports.clock.now(), reads: 0 };
    const app = createApplication({
      ...ports,
      clock: { now: () => state.at },
      catalog: {
        ...ports.catalog,
        listConcerts: (...args) => {
          state.reads += 1;
          return ports.catalog.listConcerts(...args);
        },
      },
    });
    const list = async (filter: Filter = {}, limit = 100) => {
      const listed = await listAll((page) => app.listConcerts({ ...page, ...filter }), limit);
      return listed.map(({ id }) => id);
    };
    return { app, state, list };
  }
  const addConcert = async (title: string, facts: { artist?: string; visibility?: 'DRAFT' } = {}) => {
    const concert = { artist: 'Someone', description: '', ...facts, title, request: null, by: BY_STAFF };
    return unwrap(await fixture().app.createConcert(concert)).value.id;
  };

  it('has those with an upcoming date first, oldest first, and then the others', async () => {
    const { list, state } = createCountedApp();
    const empty = await addConcert('Without dates');
    const soon = await fixture().openSale();
    const later = await fixture().openSale({ event: { startsAt: soon.event.startsAt + HOUR_MS } });
    const own = [empty, soon.concertId, later.concertId];
    const ownOf = (ids: readonly string[]) => ids.filter((id) => own.includes(id));
    for (const limit of [1, 2, 100])
      expect(ownOf(await list({}, limit))).toEqual([soon.concertId, later.concertId, empty]);
    state.at = soon.event.startsAt + HOUR_MS / 2;
    for (const limit of [1, 2, 100])
      expect(ownOf(await list({}, limit))).toEqual([later.concertId, empty, soon.concertId]);
  });

  it('keeps its order from page to page while dates begin', async () => {
    const { app, list, state } = createCountedApp();
    const { startsAt } = (await fixture().openSale()).event;
    state.at = startsAt - (3 * HOUR_MS) / 2;
    const before = await list();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof app.listConcerts>> = await app.listConcerts({ limit: 1, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      state.at += HOUR_MS;
    } while (cursor !== null);
    expect(seen).toEqual(before);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('finds words without case and accents, in public concerts only, as soon as they are public', async () => {
    const { app, list } = createCountedApp();
    const byTitle = await addConcert('Ünïque Évening');
    const byArtist = await addConcert('Another', { artist: 'unique' });
    const hidden = await addConcert('Unique draft', { visibility: 'DRAFT' });
    expect(await list({ q: 'UNIQUE' })).toEqual([byTitle, byArtist]);
    expect(await list({ q: 'unique evening' }, 1)).toEqual([byTitle]);
    expect(await list({ q: 'draft unique' })).toEqual([]);
    const show = async (concertId: string, visibility: 'PUBLISHED' | 'ARCHIVED') =>
      unwrap(await app.editConcert({ concertId, changes: { visibility }, expected: null, by: BY_STAFF }));
    await show(hidden, 'PUBLISHED');
    await show(byTitle, 'ARCHIVED');
    expect(await list({ q: 'unique' }, 1)).toEqual([byArtist, hidden]);
  });

  it('has the concerts with a date on sale in the present minute', async () => {
    const { list, state } = createCountedApp();
    const { concertId, event } = await fixture().openSale();
    await addConcert('Never on sale');
    expect(await list({ bookable: true })).toContain(concertId);
    expect(await list({ bookable: true }, 1)).toEqual(await list({ bookable: true }));
    state.at = event.reservationEndAt + HOUR_MS;
    expect(await list({ bookable: true })).not.toContain(concertId);
    expect(await list({ bookable: false })).toContain(concertId);
  });

  it('reads the database no more often for many searches than for one', async () => {
    const { list, state } = createCountedApp();
    await addConcert('Anything');
    await list();
    const { reads } = state;
    for (let number = 0; number < 50; number += 1) await list({ q: `search ${number}` }, (number % 7) + 1);
    expect(state.reads).toBe(reads);
  });

  it('goes on behind the first hundred concerts, and lists nothing after a cursor that is not its own', async () => {
    const { app, list } = createCountedApp();
    for (let number = 0; number < 101; number += 1) await addConcert(`Crowd ${number}`);
    const needle = await addConcert('Crowd and needle');
    expect(await list({ q: 'needle' }, 1)).toEqual([needle]);
    expect(await list({ q: 'crowd' }, 7)).toHaveLength(102);
    const all = await list();
    expect(await list({}, 100)).toEqual(all);
    expect(new Set(all).size).toBe(all.length);
    for (const cursor of ['', 'x', 'REST:1'])
      expect(await app.listConcerts({ limit: 1, cursor })).toEqual({ items: [], nextCursor: null });
  });
});
