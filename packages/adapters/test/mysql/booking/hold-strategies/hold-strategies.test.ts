import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  SEAT_HOLD_STRATEGIES,
  SEAT_HOLD_STRATEGY_DEFAULT,
} from '../../../../src/mysql/booking/hold-strategies/hold-strategies.ts';

const README = readFileSync(new URL('../../../../../../README.md', import.meta.url), 'utf8');

const namesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

it('the README lists every strategy and the default', () => {
  const row = README.split('\n').find((line) => line.startsWith('| `SEAT_HOLD_STRATEGY`'));
  const [, , , values = '', fallback = ''] = row?.split('|') ?? [];
  expect(namesIn(values)).toEqual(SEAT_HOLD_STRATEGIES);
  expect(namesIn(fallback)).toEqual([SEAT_HOLD_STRATEGY_DEFAULT]);
});
