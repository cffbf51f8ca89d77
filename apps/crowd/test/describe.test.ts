import { expect, it } from 'vitest';
import { describeCounts, describeResult } from '../src/describe.ts';
import { createTally } from '../src/tally.ts';

it('counts every bot in one phase at a time', () => {
  const tally = createTally(5);
  tally.enter('coming', 'waiting');
  tally.enter('coming', 'waiting');
  tally.enter('waiting', 'choosing');
  tally.giveUp('waiting', 'LEFT_THE_LINE');
  const { counts, gaveUp } = tally.read();
  expect(counts).toEqual({ coming: 3, waiting: 0, choosing: 1, holding: 0, paid: 0, gaveUp: 1 });
  expect(gaveUp).toEqual({ LEFT_THE_LINE: 1 });
});

it('prints a calm line and a summary', () => {
  const tally = createTally(3);
  for (const phase of ['waiting', 'choosing', 'holding', 'paid'] as const) tally.enter('coming', phase);
  expect(describeCounts(12, { coming: 1, waiting: 2, choosing: 3, holding: 4, paid: 5, gaveUp: 6 })).toBe(
    '  12 s   coming 1 · waiting 2 · choosing 3 · holding 4 · paid 5 · gave up 6',
  );
});

it('summarises why bots gave up', () => {
  const tally = createTally(4);
  tally.enter('coming', 'paid');
  tally.countPayment(2, 242_000);
  tally.countRefund(2);
  tally.giveUp('coming', 'LET_LAPSE');
  tally.giveUp('coming', 'LEFT_THE_LINE');
  tally.giveUp('coming', 'LET_LAPSE');
  expect(describeResult(4, 90, tally.read())).toBe(
    'After 90 s, 1 of 4 bots have paid 242,000 won for 2 seats; 1 asked for a refund.\n' +
      '3 gave up: 1 left the line, 2 let their hold lapse.',
  );
});
