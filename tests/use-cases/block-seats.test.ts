import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import type { SeatSelection } from '@frontrow/domain/halls/seat-selection.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { roomState } from '@frontrow/domain/waiting-room/admission.ts';
import { describe, expect, it } from 'vitest';
import { createConcert, saleTimes } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const numbers = (...seatNumbers: number[]): SeatSelection => ({ by: 'NUMBERS', seatNumbers });
const PAGE = { limit: 100, cursor: null };

describe.each(environments)('blockSeats and releaseBlockedSeats ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const command = (eventId: EventId, selection: SeatSelection, reason = 'A camera') => ({
    eventId,
    selection,
    reason,
    request: fixture().newRequest('staff'),
    by: BY_STAFF,
  });
  const block = (eventId: EventId, selection: SeatSelection, reason?: string) =>
    fixture().app.blockSeats(command(eventId, selection, reason));
  const release = (eventId: EventId, selection: SeatSelection) =>
    fixture().app.releaseBlockedSeats(command(eventId, selection, 'No camera'));
  const list = async (eventId: EventId) => unwrap(await fixture().app.listBlockedSeats(eventId, PAGE)).items;
  const stateOf = async (concertId: string) => {
    await fixture().app.countInventory();
    const { room, asOf } = await fixture().ports.waitingRoom.statistics(concertId);
    return roomState(room, asOf);
  };
  const actsOn = async (eventId: EventId) => {
    const filter = { actor: null, target: `event/${eventId}`, from: null, until: null };
    return (await fixture().app.listAuditLog(filter, PAGE)).items;
  };
  async function createDateWithLayout() {
    const { app, ports } = fixture();
    const facts = { concertId: await createConcert(app), venue: 'Hall', ...saleTimes(ports.clock.now()) };
    const date = { ...facts, layout: CONTRACT_LAYOUT, refundUntil: null, request: null, by: BY_STAFF };
    return unwrap(await app.createEvent(date)).value;
  }

  it('blocks seats by number and by range, lists them, and releases those that are blocked', async () => {
    const { event } = await fixture().openSale();
    const blocked = unwrap(await block(event.id, numbers(9, 2)));
    expect(blocked.value.ranges).toEqual([2, 9].map((n) => ({ from: n, to: n, reason: 'A camera' })));
    unwrap(await block(event.id, { by: 'RANGE', from: 9, to: 10 }, 'Lights'));
    const lights = { reason: 'Lights', place: null };
    expect(await list(event.id)).toEqual([
      { number: 2, reason: 'A camera', place: null },
      { number: 9, ...lights },
      { number: 10, ...lights },
    ]);
    const released = unwrap(await release(event.id, { by: 'RANGE', from: 1, to: 9 }));
    expect(released.value).toEqual({
      eventId: event.id,
      ranges: [
        { from: 2, to: 2, reason: 'A camera' },
        { from: 9, to: 9, reason: 'Lights' },
      ],
    });
    expect(await list(event.id)).toEqual([{ number: 10, ...lights }]);
  });

  it('blocks a section or one of its rows, and shows the places', async () => {
    const { id } = await createDateWithLayout();
    const balcony: SeatSelection = { by: 'SECTION', section: 'Balcony', row: null };
    unwrap(await block(id, balcony, 'Lights'));
    unwrap(await block(id, { by: 'SECTION', section: 'Parterre', row: 'A' }));
    unwrap(await release(id, { by: 'RANGE', from: 1, to: 2 }));
    expect(await list(id)).toEqual([
      { number: 3, reason: 'A camera', place: { section: 'Parterre', row: 'A', label: '3' } },
      { number: 4, reason: 'Lights', place: { section: 'Balcony', row: 'A', label: '1' } },
    ]);
    const unknown = { by: 'SECTION', section: 'Parterre', row: 'Z' } as const;
    expect(await block(id, unknown)).toMatchObject(
      refused('VALIDATION_FAILED', { errors: [{ pointer: '/row' }] }),
    );
  });

  it('refuses to block what is held or sold, all or none, and takes the seats of a lapsed hold', async () => {
    const sale = await fixture().openSale();
    const { event, concertId } = sale;
    await fixture().buy(sale, [1]);
    await fixture().createHold(sale, [2]);
    const everySeat = { by: 'RANGE', from: 1, to: 3 } as const;
    expect(await block(event.id, everySeat)).toEqual(
      refused('SEAT_UNAVAILABLE', { unavailableSeats: [1, 2] }),
    );
    expect(await list(event.id)).toEqual([]);
    const hold = { ttlMs: 200 };
    unwrap(await fixture().app.changePolicy({ concertId, admission: {}, hold, by: BY_STAFF }));
    const { reservation } = await fixture().createHold(sale, [3]);
    await fixture().advance(250);
    unwrap(await block(event.id, numbers(3)));
    const late = await fixture().pay(reservation.userId, reservation.id);
    expect(late).toMatchObject(refused('HOLD_EXPIRED'));
    await fixture().app.sweepHolds();
    expect(await fixture().reservationStatus(reservation.id)).toBe('EXPIRED');
    expect(await fixture().seatStatus(sale, 3)).toBe('BLOCKED');
  });

  it('refuses seats and dates that do not exist, and a cancelled date', async () => {
    const { event } = await fixture().openSale();
    const invalid = [numbers(11), numbers(3, 3), { by: 'RANGE', from: 3, to: 2 } as const];
    for (const selection of invalid) {
      expect(await block(event.id, selection)).toMatchObject(refused('VALIDATION_FAILED'));
      expect(await release(event.id, selection)).toMatchObject(refused('VALIDATION_FAILED'));
    }
    const unknown = refused('NOT_FOUND', { what: 'event' });
    expect(await block(fixture().ports.ids.next(), numbers(1))).toEqual(unknown);
    expect(await fixture().app.listBlockedSeats(fixture().ports.ids.next(), PAGE)).toEqual(unknown);
    unwrap(await fixture().app.cancelEvent({ eventId: event.id, reason: 'ill', by: BY_STAFF }));
    const cancelled = refused('EVENT_CANCELLED', { reason: 'ill' });
    expect(await block(event.id, numbers(1))).toEqual(cancelled);
    expect(await release(event.id, numbers(1))).toEqual(cancelled);
  });

  it('answers a repeat with the same key again, and records each act once', async () => {
    const { event } = await fixture().openSale();
    const repeated = command(event.id, { by: 'RANGE', from: 3, to: 5 });
    const answers = await Promise.all([1, 2, 3].map(() => fixture().app.blockSeats(repeated)));
    expect(answers.map(unwrap).filter(({ replayed }) => !replayed)).toHaveLength(1);
    unwrap(await release(event.id, numbers(4)));
    expect(unwrap(await fixture().app.blockSeats(repeated)).replayed).toBe(true);
    expect((await list(event.id)).map(({ number }) => number)).toEqual([3, 5]);
    const camera = { from: 3, to: 5, reason: 'A camera' };
    expect(await actsOn(event.id)).toMatchObject([
      {
        ...BY_STAFF,
        reason: 'No camera',
        before: { blockedSeats: [{ ...camera, from: 4, to: 4 }] },
        after: { blockedSeats: [] },
      },
      { ...BY_STAFF, reason: 'A camera', before: { blockedSeats: [] }, after: { blockedSeats: [camera] } },
      { before: null },
    ]);
  });

  it('is counted by the waiting room: blocked seats are not on sale, and a release opens a sold-out room', async () => {
    const sale = await fixture().openSale({ event: { seatCount: 4 } });
    const { concertId, event } = sale;
    const [first, second] = [await fixture().join(sale), await fixture().join(sale)];
    await fixture().buy(sale, [1, 2]);
    unwrap(await block(event.id, numbers(3)));
    expect(await stateOf(concertId)).toBe('OPEN');
    expect(unwrap(await fixture().app.getEvent(event.id)).available.count).toBe(1);
    unwrap(await block(event.id, numbers(4)));
    expect(await stateOf(concertId)).toBe('SOLD_OUT');
    expect(await fixture().ports.sellOutReads.find(concertId)).not.toBeNull();
    unwrap(await release(event.id, numbers(3)));
    expect(await stateOf(concertId)).toBe('OPEN');
    expect(await fixture().ports.sellOutReads.find(concertId)).toBeNull();
    expect(await fixture().hold(first, sale, [4])).toEqual(
      refused('SEAT_UNAVAILABLE', { unavailableSeats: [4] }),
    );
    unwrap(await fixture().hold(second, sale, [3]));
  });
});
