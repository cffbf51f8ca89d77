import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { uniformLayout } from '@frontrow/domain/halls/numbered-seats.ts';
import { describe, expect, it } from 'vitest';
import { createConcert, saleTimes } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const UNKNOWN_EVENT = refused('NOT_FOUND', { what: 'event' });
const UNKNOWN_LAYOUT = refused('NOT_FOUND', { what: 'layout' });

describe.each(environments)('a date with a layout ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  async function create(layout: Layout) {
    const { app, ports } = fixture();
    const facts = { concertId: await createConcert(app), venue: 'Hall', ...saleTimes(ports.clock.now()) };
    return app.createEvent({ ...facts, layout, refundUntil: null, request: null, by: BY_STAFF });
  }
  const find = (eventId: string, version: number | null = null) =>
    fixture().app.getLayout({ eventId, version });

  it('has as many seats as the layout, from the price of the cheapest category', async () => {
    const { value: event } = unwrap(await create(CONTRACT_LAYOUT));
    expect(event).toMatchObject({ seatCount: 4, price: 50_000, layoutVersion: 1, version: 1 });
    const found = unwrap(await find(event.id));
    expect(found).toEqual({ eventId: event.id, version: 1, layout: CONTRACT_LAYOUT });
    expect(unwrap(await find(event.id, 1)).layout).toBe(found.layout);
    expect(await find(event.id, 0)).toEqual(UNKNOWN_LAYOUT);
    expect(await find(event.id, 2)).toEqual(UNKNOWN_LAYOUT);
  });

  it('is not created with a faulty layout, whose faults have pointers', async () => {
    const [front] = CONTRACT_LAYOUT.categories;
    expect(await create({ ...CONTRACT_LAYOUT, categories: [front!] })).toMatchObject(
      refused('VALIDATION_FAILED', {
        errors: [
          {
            pointer: '/layout/sections/1/rows/0/seats/0/category',
            detail: 'is not the key of a category of the layout',
          },
        ],
      }),
    );
  });

  it('has its seats and prices from the layout alone', async () => {
    const { value: event } = unwrap(await create(CONTRACT_LAYOUT));
    const edit = (changes: object) =>
      fixture().app.editEvent({ eventId: event.id, expected: null, changes, by: BY_STAFF });
    const refusal = await edit({ seatCount: 5, price: 1 });
    expect(refusal).toMatchObject(
      refused('VALIDATION_FAILED', { errors: [{ pointer: '/seatCount' }, { pointer: '/price' }] }),
    );
    expect(unwrap(await edit({ venue: 'Elsewhere' }))).toMatchObject({ layoutVersion: 1, seatCount: 4 });
  });

  it('is in the audit log with the digest of its layout', async () => {
    const { value: event } = unwrap(await create(CONTRACT_LAYOUT));
    const filter = { actor: null, target: `event/${event.id}`, from: null, until: null };
    const { items } = await fixture().ports.auditLogReads.list(filter, { limit: 1, cursor: null });
    expect(items[0]?.after).toEqual({
      ...event,
      layoutDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });
});

describe.each(environments)('getLayout ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const find = (eventId: string, version: number | null = null) =>
    fixture().app.getLayout({ eventId, version });

  it('finds one row of a date without a layout, at its present price', async () => {
    const { event } = await fixture().openSale({ event: { seatCount: 3, price: 700 } });
    expect(unwrap(await find(event.id))).toEqual({
      eventId: event.id,
      version: 0,
      layout: uniformLayout(3, 700),
    });
    const changes = { price: 900, seatCount: 4 };
    unwrap(await fixture().app.editEvent({ eventId: event.id, expected: null, changes, by: BY_STAFF }));
    expect(unwrap(await find(event.id, 0)).layout).toEqual(uniformLayout(4, 900));
  });

  it('finds no layout of an unknown date or of one that is not public', async () => {
    const { app, ports } = fixture();
    const { concertId, event } = await fixture().openSale();
    expect(await find(ports.ids.next())).toEqual(UNKNOWN_EVENT);
    const changes = { visibility: 'ARCHIVED' } as const;
    unwrap(await app.editConcert({ concertId, expected: null, changes, by: BY_STAFF }));
    expect(await find(event.id)).toEqual(UNKNOWN_EVENT);
  });
});
