import { expect, it } from 'vitest';
import { durationText } from '../../../src/console/components/duration-text.ts';

it.each([
  [0, '0 s'],
  [100, '0.1 s'],
  [250, '0.25 s'],
  [2_500, '2.5 s'],
  [9_960, '10 s'],
  [10_000, '10 s'],
  [59_600, '1 min'],
  [142_857, '2 min 23 s'],
  [3_900_000, '1 h 5 min'],
  [3_605_000, '1 h'],
  [86_400_000, '1 d'],
])('shows %i ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
