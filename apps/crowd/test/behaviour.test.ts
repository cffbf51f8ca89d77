import { expect, it } from 'vitest';
import { type Behaviour, drawBehaviour } from '../src/behaviour.ts';
import { randomOfBot } from '../src/random.ts';

const drawCrowd = (seed: number, fans = 2_000): Behaviour[] =>
  Array.from({ length: fans }, (_, bot) => drawBehaviour(randomOfBot(seed, bot)));

it('is the same for the same seed, and another for another seed', () => {
  expect(drawCrowd(42)).toEqual(drawCrowd(42));
  expect(drawCrowd(42)).not.toEqual(drawCrowd(43));
});

it('of a bot does not depend on how many bots there are', () => {
  expect(drawCrowd(42, 10)).toEqual(drawCrowd(42).slice(0, 10));
});

it('differs between bots', () => {
  expect(new Set(drawCrowd(42).map((behaviour) => JSON.stringify(behaviour))).size).toBe(2_000);
});

it('arrives in a burst that a trickle follows', () => {
  const arrivals = drawCrowd(42).map(({ arrivesAfterMs }) => arrivesAfterMs);
  const inBurst = arrivals.filter((ms) => ms < 6_000).length;
  expect(inBurst / arrivals.length).toBeGreaterThan(0.55);
  expect(inBurst / arrivals.length).toBeLessThan(0.7);
  expect(Math.max(...arrivals)).toBeGreaterThan(80_000);
  expect(arrivals.every((ms) => ms >= 0 && ms <= 90_000)).toBe(true);
});

it('has every kind of visit in a crowd of 200, with paying the most frequent', () => {
  const crowd = drawCrowd(42, 200);
  const kinds = <K extends keyof Behaviour>(key: K) => new Set(crowd.map((behaviour) => behaviour[key]));
  expect(kinds('decision')).toEqual(new Set(['PAY', 'EXTEND_AND_PAY', 'CANCEL', 'LET_LAPSE']));
  expect(kinds('choosesBy')).toEqual(new Set(['MAP', 'BEST_AVAILABLE']));
  expect(kinds('endsWaitBy')).toEqual(new Set(['LEFT_THE_LINE', 'CLOSED_THE_TAB']));
  expect(kinds('seatCount')).toEqual(new Set([1, 2, 3, 4]));
  expect(crowd.filter(({ decision }) => decision === 'PAY').length).toBeGreaterThan(100);
  expect(crowd.some(({ refundsAfterMs }) => refundsAfterMs !== null)).toBe(true);
  expect(crowd.some(({ waitsMaxMs }) => waitsMaxMs !== null)).toBe(true);
});

it('takes the time of a person', () => {
  for (const { looksMs, hesitatesMs, choicesMax } of drawCrowd(42)) {
    expect(Math.min(looksMs, hesitatesMs)).toBeGreaterThanOrEqual(4_000);
    expect(Math.max(looksMs, hesitatesMs)).toBeLessThan(25_000);
    expect(choicesMax).toBeGreaterThanOrEqual(2);
    expect(choicesMax).toBeLessThanOrEqual(5);
  }
});
