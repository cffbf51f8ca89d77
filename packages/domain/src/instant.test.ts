import { expect, it } from 'vitest';
import { formatInstant } from './instant.ts';

it.each([
  [0, '1970-01-01T00:00:00.000Z'],
  [1_732_300_000_120, '2024-11-22T18:26:40.120Z'],
])('shows %i as %s', (instant, text) => {
  expect(formatInstant(instant)).toBe(text);
});
