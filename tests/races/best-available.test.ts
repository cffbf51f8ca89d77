import { SEAT_HOLD_STRATEGIES } from '@frontrow/adapters/open-ports.ts';
import { describe, expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { drawHall } from '../support/halls.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { useInstallation } from '../support/use-installation.ts';

/** 604 seats, of which two are blocked and two set aside. A row of 20 is filled by pairs, whatever their order. */
const ROWS = [...Array.from({ length: 30 }, () => '.'.repeat(20)), 'xxac'];
const SEATS = 600;
const POLICY = { hold: { unpaidHoldsMax: null } };

describe('the best available seats through two processes', () => {
  const installation = useInstallation({ http: 2, workers: 0 });
  const open = (rows: readonly string[], policy: object = POLICY) =>
    installation().openSale({ layout: drawHall({ Stalls: rows }), policy });

  it('fill a hall of 600 seats by pairs, and only those who come too late are refused', async () => {
    const sale = await open(ROWS);
    const fans = await admitFans(installation(), sale, 340);
    const answers = await Promise.all(fans.map((fan) => fan.holdBest(sale.eventId, { count: 2 })));

    const held = answers.filter(({ status }) => status === 201).map(({ body }) => body.seatNumbers);
    const numbers = held.flat();
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => number > SEATS)).toEqual([]);
    expect(held.filter(([first = 0, second]) => second !== first + 1 || first % 20 === 0)).toEqual([]);
    // A refusal rests on a reading without a free pair, so none is left.
    expect(freePairs(numbers)).toEqual([]);
    const outcomes = countOccurrences(answers.map(outcome));
    expect(Object.keys(outcomes).toSorted()).toEqual(['201', '409 NO_MATCHING_SEATS']);
  });

  it('are refused to nobody while the hall has a pair for each', async () => {
    const sale = await open(ROWS);
    const fans = await admitFans(installation(), sale, 200);
    const answers = await Promise.all(fans.map((fan) => fan.holdBest(sale.eventId, { count: 2 })));
    expect(countOccurrences(answers.map(outcome))).toEqual({ '201': 200 });
    const numbers = answers.flatMap(({ body }) => body.seatNumbers);
    expect(new Set(numbers).size).toBe(400);
  });

  it('and named seats of one crowd are each held once', async () => {
    const sale = await open(ROWS);
    const random = seededRandom(21);
    const fans = await admitFans(installation(), sale, 210);
    const answers = await Promise.all(
      fans.map((fan, index) => {
        const first = 1 + Math.floor(random() * (SEATS - 1));
        if (index % 3 === 0) return fan.hold(sale.eventId, [first, first + 1]);
        return fan.holdBest(sale.eventId, { count: 1 + (index % 4), together: 'near' });
      }),
    );
    const numbers = answers.flatMap(({ status, body }) => (status === 201 ? body.seatNumbers : []));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => number > SEATS)).toEqual([]);
    const refusals = answers.flatMap((answer, index) =>
      answer.status === 201 ? [] : [[index % 3, outcome(answer)]],
    );
    expect(refusals.filter(([kind, code]) => kind !== 0 || code !== '409 SEAT_UNAVAILABLE')).toEqual([]);
  });

  it('give each repeated request its first answer', async () => {
    const sale = await open(['....']);
    const [fan] = await admitFans(installation(), sale, 1);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => fan!.holdBest(sale.eventId, { count: 2 }, 'one-key')),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });
});

const OTHER_STRATEGIES = SEAT_HOLD_STRATEGIES.filter((strategy) => strategy !== 'grouped');

describe.each(OTHER_STRATEGIES)('the best available seats by %s', (SEAT_HOLD_STRATEGY) => {
  const installation = useInstallation({ http: 2, workers: 0, env: { SEAT_HOLD_STRATEGY } });

  it('fill a hall by pairs', async () => {
    const sale = await installation().openSale({
      layout: drawHall({ Stalls: Array.from({ length: 3 }, () => '.'.repeat(10)) }),
      policy: POLICY,
    });
    const fans = await admitFans(installation(), sale, 30);
    const answers = await Promise.all(fans.map((fan) => fan.holdBest(sale.eventId, { count: 2 })));
    const numbers = answers.flatMap(({ status, body }) => (status === 201 ? body.seatNumbers : []));
    expect(new Set(numbers).size).toBe(numbers.length);
    const outcomes = countOccurrences(answers.map(outcome));
    expect(Object.keys(outcomes).toSorted()).toEqual(['201', '409 NO_MATCHING_SEATS']);
    expect(numbers.length).toBeGreaterThanOrEqual(20);
  });
});

/** The pairs of free seats beside each other in rows of 20. */
function freePairs(taken: readonly number[]): number[] {
  const isTaken = new Set(taken);
  return Array.from({ length: SEATS }, (_, index) => index + 1).filter(
    (number) => number % 20 !== 0 && !isTaken.has(number) && !isTaken.has(number + 1),
  );
}
