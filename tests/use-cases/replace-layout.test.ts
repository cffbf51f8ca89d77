import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import type { Layout, Row } from '@frontrow/domain/halls/layout.ts';
import { describe, expect, it } from 'vitest';
import { createConcert, saleTimes } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const [PARTERRE, BALCONY] = CONTRACT_LAYOUT.sections;
const [ROW_A] = PARTERRE!.rows;

/** The layout with other seats in its balcony. */
function withBalcony(...rows: readonly Row[]): Layout {
  return { ...CONTRACT_LAYOUT, sections: [PARTERRE!, { ...BALCONY!, rows }] };
}

describe.each(environments)('the next version of a layout ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  async function createDate() {
    const { app, ports } = fixture();
    const concertId = await createConcert(app);
    const facts = { concertId, venue: 'Hall', ...saleTimes(ports.clock.now()) };
    const command = { ...facts, layout: CONTRACT_LAYOUT, refundUntil: null, request: null, by: BY_STAFF };
    return { concertId, event: unwrap(await app.createEvent(command)).value };
  }
  const replace = (eventId: string, layout: Layout, expected: ReadonlySet<number> | null = null) =>
    fixture().app.replaceLayout({ eventId, layout, expected, by: BY_STAFF });
  const seatsOf = async (eventId: string) =>
    (await fixture().ports.seatReads.list(eventId, [])).seats.map(({ price, status }) => [price, status]);

  it('adds seats, and blocks and releases those whose block has changed', async () => {
    const { event } = await createDate();
    const [seat1, seat2, camera] = ROW_A!.seats;
    const { blocked: _, ...seat3 } = camera!;
    const row = { label: 'A', seats: [seat1!, { ...seat2!, blocked: 'damaged' }, seat3] };
    const more = { label: 'B', seats: [{ label: '1', x: 0, y: 20, category: 'rear' }] };
    const next = {
      ...CONTRACT_LAYOUT,
      sections: [
        { ...PARTERRE!, rows: [row] },
        { ...BALCONY!, rows: [...BALCONY!.rows, more] },
      ],
    };
    expect(unwrap(await replace(event.id, next))).toMatchObject({
      seatCount: 5,
      layoutVersion: 2,
      version: 2,
    });
    expect(await seatsOf(event.id)).toEqual([
      [90_000, 'AVAILABLE'],
      [90_000, 'BLOCKED'],
      [90_000, 'AVAILABLE'],
      [50_000, 'AVAILABLE'],
      [50_000, 'AVAILABLE'],
    ]);
    const find = (version: number | null) => fixture().app.getLayout({ eventId: event.id, version });
    expect(unwrap(await find(null))).toMatchObject({ version: 2, layout: next });
    expect(unwrap(await find(1)).layout).toEqual(CONTRACT_LAYOUT);
  });

  it('keeps the place of a held seat, and removes none', async () => {
    const { concertId, event } = await createDate();
    const renamed = withBalcony({ ...BALCONY!.rows[0]!, label: 'Z' });
    unwrap(await replace(event.id, renamed));
    await fixture().createHold({ concertId, event }, [4]);
    expect(await replace(event.id, CONTRACT_LAYOUT)).toMatchObject(
      refused('VALIDATION_FAILED', { errors: [{ pointer: '/sections/1/rows/0/seats/0' }] }),
    );
    const fewer = { ...CONTRACT_LAYOUT, sections: [PARTERRE!] };
    expect(await replace(event.id, fewer)).toMatchObject(
      refused('VALIDATION_FAILED', { errors: [{ pointer: '/sections' }] }),
    );
  });

  it('is for the version of the date that was read', async () => {
    const { event } = await createDate();
    unwrap(await replace(event.id, CONTRACT_LAYOUT, new Set([1])));
    expect(await replace(event.id, CONTRACT_LAYOUT, new Set([1]))).toEqual(
      refused('PRECONDITION_FAILED', { version: 2 }),
    );
  });

  it('has another price of a category for the seats that nobody has', async () => {
    const { concertId, event } = await createDate();
    const fan = await fixture().join({ concertId, event });
    const request = fixture().newRequest(fan.userId);
    const seats = { eventId: event.id, seatNumbers: [1], accessible: true };
    unwrap(await fixture().app.holdSeats({ ...fan, ...seats, request }));
    const reprice = (eventId: string, key: string) =>
      fixture().app.repriceCategory({ eventId, key, price: 10_000, expected: null, by: BY_STAFF });
    expect(unwrap(await reprice(event.id, 'front'))).toMatchObject({ price: 10_000, layoutVersion: 2 });
    expect((await seatsOf(event.id)).slice(0, 2)).toEqual([
      [90_000, 'HELD'],
      [10_000, 'AVAILABLE'],
    ]);
    expect(await reprice(event.id, 'none')).toEqual(refused('NOT_FOUND', { what: 'category' }));
    const { event: uniform } = await fixture().openSale();
    expect(await reprice(uniform.id, 'standard')).toEqual(refused('NOT_FOUND', { what: 'category' }));
  });
});
