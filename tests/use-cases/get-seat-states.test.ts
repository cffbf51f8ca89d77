import { describe, expect, it } from 'vitest';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

describe.each(environments)('getSeatStates ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const lettersOf = async (eventId: string) => unwrap(await fixture().app.getSeatStates(eventId)).letters;

  it('shows staff the seats without a ticket, also of a concert that is not public', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 5 } });
    await fixture().buy(sale, [1]);
    await fixture().createHold(sale, [2, 3]);
    unwrap(
      await fixture().app.blockSeats({
        eventId: sale.event.id,
        selection: { by: 'NUMBERS', seatNumbers: [5] },
        reason: 'House',
        by: BY_STAFF,
        request: fixture().newRequest('staff'),
      }),
    );
    expect(await lettersOf(sale.event.id)).toBe('SHHAB');
    const changes = { visibility: 'ARCHIVED' } as const;
    const { concertId } = sale;
    unwrap(await fixture().app.editConcert({ concertId, changes, expected: null, by: BY_STAFF }));
    expect(await lettersOf(sale.event.id)).toBe('SHHAB');
  });

  it('does not find an unknown date', async () => {
    const unknown = fixture().ports.ids.next();
    expect(await fixture().app.getSeatStates(unknown)).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });
});
