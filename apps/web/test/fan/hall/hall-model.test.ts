import type { EventDetails, SeatChoice, SeatStatus } from '@frontrow/client';
import { describe, expect, it } from 'vitest';
import { createHallModel } from '../../../src/fan/hall/hall-model.ts';
import type { HoldProblem, HoldResult } from '../../../src/fan/hall/hold/send-hold.ts';
import { createHall } from '../../../src/fan/hall/seats/hall-seats.ts';
import { drawLayout } from './sample-layout.ts';

const EVENT = { id: 'event', concertId: 'concert' } as EventDetails;
const FACTS = {
  asOf: '2026-10-03T01:00:00.000Z',
  layoutVersion: 1,
  price: 80_000,
  salesState: 'RUNNING',
  reason: null,
} as const;

/** Twelve free seats in two sections; `answer` is what the server says to a hold. */
function openModel(
  answer: (choice: SeatChoice) => HoldResult | Promise<HoldResult> = unexpected,
  stored: readonly number[] = [],
) {
  const written: (readonly number[])[] = [];
  const model = createHallModel({
    event: EVENT,
    storage: { read: () => stored, write: (choice) => written.push(choice) },
    sendHold: async (_, choice) => answer(choice),
  });
  model.hall.value = createHall(
    drawLayout([
      { name: 'Parterre', rows: 1, seatsPerRow: 6 },
      { name: 'Circle', rows: 1, seatsPerRow: 6, seat: () => ({ category: 'rear' }) },
    ]),
  );
  const statuses: SeatStatus[] = Array.from({ length: 12 }, () => 'AVAILABLE');
  model.takeSeats({ kind: 'snapshot', statuses, facts: FACTS });
  return { model, written };
}

function unexpected(): never {
  throw new Error('no hold is expected');
}

const changes = (...seats: readonly { number: number; status: SeatStatus }[]) =>
  ({ kind: 'changes', seats, facts: FACTS }) as const;
const refuse = (problem: object): HoldResult => ({ ok: false, problem: problem as HoldProblem });

describe('the model of a hall', () => {
  it('chooses free seats in the order of the fan, and adds up their prices', () => {
    const { model, written } = openModel();

    model.toggle(7);
    model.toggle(2);

    expect(model.chosen.value).toEqual([7, 2]);
    expect(model.totalAmount.value).toBe(200_000);
    expect(model.statuses.lookOf(2)).toBe('chosen');
    model.toggle(7);
    expect(model.chosen.value).toEqual([2]);
    expect(written.at(-1)).toEqual([2]);
  });

  it.each(['HELD', 'SOLD', 'BLOCKED'] as const)('does not choose a seat that is %s', (status) => {
    const { model } = openModel();

    model.takeSeats(changes({ number: 3, status }));
    model.toggle(3);

    expect(model.chosen.value).toEqual([]);
  });

  it('counts the free seats of each section', () => {
    const { model } = openModel();

    expect(model.statuses.freeBySection.value).toEqual([6, 6]);
    model.takeSeats(changes({ number: 1, status: 'HELD' }, { number: 12, status: 'SOLD' }));
    expect(model.statuses.freeBySection.value).toEqual([5, 5]);
    model.takeSeats(changes({ number: 1, status: 'AVAILABLE' }));
    expect(model.statuses.freeBySection.value).toEqual([6, 5]);
  });

  it('says nothing of a change of seats that are not chosen', () => {
    const { model } = openModel();
    model.toggle(1);

    model.takeSeats(changes({ number: 2, status: 'HELD' }));

    expect(model.notice.value).toBeNull();
    expect(model.statuses.lookOf(2)).toBe('held');
  });

  it('removes a chosen seat that someone takes, and keeps the others', () => {
    const { model } = openModel();
    for (const number of [1, 2, 3]) model.toggle(number);

    model.takeSeats(changes({ number: 2, status: 'HELD' }, { number: 9, status: 'SOLD' }));

    expect(model.chosen.value).toEqual([1, 3]);
    expect(model.notice.value).toEqual({ kind: 'lost', seats: [2] });
  });

  it('keeps a stored choice as far as its seats are free', () => {
    const { model } = openModel(unexpected, [4, 99]);

    expect(model.chosen.value).toEqual([4]);
    expect(model.notice.value).toEqual({ kind: 'lost', seats: [99] });
  });

  it('keeps the choice by its numbers when the layout changes', () => {
    const { model } = openModel();
    model.toggle(7);

    model.hall.value = createHall(
      drawLayout([{ name: 'Everything', rows: 2, seatsPerRow: 6 }], { version: 2 }),
    );
    model.takeSeats({
      kind: 'snapshot',
      statuses: Array.from({ length: 12 }, () => 'AVAILABLE'),
      facts: { ...FACTS, layoutVersion: 2 },
    });

    expect(model.chosen.value).toEqual([7]);
    expect(model.totalAmount.value).toBe(120_000);
  });

  it('forgets the choice once it is held', async () => {
    const { model, written } = openModel(() => ({ ok: true, reservationId: 'reservation' }));
    model.toggle(1);

    const reservationId = await model.hold({ eventId: 'event', seatNumbers: [1] });

    expect(reservationId).toBe('reservation');
    expect(written.at(-1)).toEqual([]);
  });

  it('does not take its own hold for that of someone else before the answer arrives', async () => {
    const answer = Promise.withResolvers<HoldResult>();
    const { model } = openModel(() => answer.promise);
    model.toggle(1);
    const holding = model.hold({ eventId: 'event', seatNumbers: [1] });

    model.takeSeats(changes({ number: 1, status: 'HELD' }));

    expect(model.chosen.value).toEqual([1]);
    expect(model.notice.value).toBeNull();
    answer.resolve({ ok: true, reservationId: 'reservation' });
    expect(await holding).toBe('reservation');
  });

  it('sends one hold at a time', async () => {
    const answer = Promise.withResolvers<HoldResult>();
    let sent = 0;
    const { model } = openModel(() => {
      sent += 1;
      return answer.promise;
    });

    const first = model.hold({ eventId: 'event', seatNumbers: [1] });
    expect(await model.hold({ eventId: 'event', seatNumbers: [1] })).toBeNull();
    answer.resolve({ ok: true, reservationId: 'reservation' });
    await first;

    expect(sent).toBe(1);
  });

  it('keeps the other seats of a refused hold', async () => {
    const { model } = openModel(() => refuse({ code: 'SEAT_UNAVAILABLE', unavailableSeats: [2] }));
    model.toggle(1);
    model.toggle(2);

    expect(await model.hold({ eventId: 'event', seatNumbers: [1, 2] })).toBeNull();

    expect(model.chosen.value).toEqual([1]);
    expect(model.notice.value).toMatchObject({ kind: 'refused', problem: { unavailableSeats: [2] } });
  });

  it('learns how many seats a reservation may have', async () => {
    const { model } = openModel(() => refuse({ code: 'TOO_MANY_SEATS', maxSeatsPerReservation: 4 }));
    for (const number of [1, 2, 3, 4, 5]) model.toggle(number);

    await model.hold({ eventId: 'event', seatNumbers: [1, 2, 3, 4, 5] });

    expect(model.seatsMax.value).toBe(4);
    expect(model.chosen.value).toHaveLength(5);
  });

  it('shows the seats of the own hold as such until they are free again', () => {
    const { model } = openModel();
    model.liveHold.value = { reservationId: 'reservation', seatNumbers: [5] };

    model.takeSeats(changes({ number: 5, status: 'HELD' }));
    expect(model.statuses.lookOf(5)).toBe('mine');
    model.takeSeats(changes({ number: 5, status: 'AVAILABLE' }));
    expect(model.statuses.lookOf(5)).toBe('free');
  });
});
