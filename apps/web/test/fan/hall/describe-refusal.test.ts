import type { SeatChoice } from '@frontrow/client';
import { describe, expect, it } from 'vitest';
import { commonProblems } from '../../../src/fan/problems/common-problems.ts';
import { type RefusalContext, describeRefusal } from '../../../src/fan/hall/hold/describe-refusal.ts';
import { holdMessages } from '../../../src/fan/hall/hold/messages.ts';
import type { HoldProblem } from '../../../src/fan/hall/hold/send-hold.ts';

const context: RefusalContext = {
  texts: holdMessages.en,
  common: commonProblems.en,
  concertId: 'concert',
  chosen: [1, 2, 3],
  nameSeats: (numbers) => numbers.map((number) => `seat ${number}`).join(' · '),
  formatInstant: (instant) => `(${instant})`,
  formatNumber: String,
};

const BEST: SeatChoice = {
  eventId: 'event',
  bestAvailable: { count: 4, section: 'Circle', accessible: true },
};

const explain = (problem: object, request: SeatChoice = { eventId: 'event', seatNumbers: [1, 2, 3] }) =>
  describeRefusal(problem as HoldProblem, request, context);

describe('describeRefusal', () => {
  it('names the seats that someone has taken', () => {
    expect(explain({ code: 'SEAT_UNAVAILABLE', unavailableSeats: [2, 3] }).title).toContain(
      'seat 2 · seat 3',
    );
  });

  it('leads to the live hold of the fan', () => {
    const { remedies } = explain({ code: 'HOLD_LIMIT_EXCEEDED', reservationId: 'r1' });

    expect(remedies).toMatchObject([{ kind: 'go', href: '/reservations/r1' }]);
  });

  it('leads to the waiting room after the session', () => {
    const { remedies } = explain({ code: 'QUEUE_TOKEN_NOT_ACTIVE', queueTokenStatus: 'EXPIRED' });

    expect(remedies).toMatchObject([{ kind: 'go', href: '/concerts/concert/room' }]);
  });

  it('offers the orphans, and an alternative where there is one', () => {
    const { title, remedies } = explain({
      code: 'ORPHAN_SEATS',
      orphanSeats: [4],
      alternativeSeats: [5, 6, 7],
    });

    expect(title).toContain('seat 4');
    expect(remedies).toMatchObject([{ numbers: [1, 2, 3, 4] }, { numbers: [5, 6, 7] }]);
    expect(explain({ code: 'ORPHAN_SEATS', orphanSeats: [4], alternativeSeats: [] }).remedies).toHaveLength(
      1,
    );
  });

  it('offers to say that an accessible seat is needed, or to leave it', () => {
    const { remedies, texts } = explain({
      code: 'ACCESSIBLE_SEATS_ONLY',
      accessibleSeats: [2],
      accessibleReleaseAt: '2026-12-01',
    });

    expect(remedies).toMatchObject([{ numbers: [1, 2, 3], needsAccessible: true }, { numbers: [1, 3] }]);
    expect(texts.at(-1)).toContain('(2026-12-01)');
  });

  it('says how many seats are left to a fan with a limit', () => {
    const limit = { code: 'SEAT_LIMIT_EXCEEDED', seatsPerUserMax: 4 };

    expect(explain({ ...limit, seatsBought: 3 }).texts[0]).toContain('1 more');
    expect(explain({ ...limit, seatsBought: 4 }).texts[0]).toContain('cannot choose more');
  });

  it('offers fewer seats, two rows and the whole hall where no seats match', () => {
    const { remedies } = explain({ code: 'NO_MATCHING_SEATS', togetherMax: 3, availableCount: 20 }, BEST);

    expect(remedies).toMatchObject([
      { choice: { bestAvailable: { count: 3, section: 'Circle', accessible: true } } },
      { choice: { bestAvailable: { count: 4, section: 'Circle', together: 'near' } } },
      { choice: { bestAvailable: { count: 4, accessible: true } } },
    ]);
    expect(remedies[2]).not.toHaveProperty('choice.bestAvailable.section');
  });

  it('offers nothing where no seat is left', () => {
    const { remedies } = explain({ code: 'NO_MATCHING_SEATS', togetherMax: 0, availableCount: 0 }, BEST);

    expect(remedies).toEqual([]);
  });

  it('shows the reason of stopped sales', () => {
    expect(explain({ code: 'SALES_STOPPED', reason: 'A storm' }).texts).toContain('A storm');
    expect(explain({ code: 'SALES_STOPPED', reason: null }).texts).toHaveLength(1);
  });

  it('explains what any request may be refused for', () => {
    expect(explain({ code: 'UNREACHABLE' }).texts).toEqual([commonProblems.en.UNREACHABLE]);
  });
});
