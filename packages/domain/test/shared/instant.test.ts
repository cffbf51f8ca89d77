import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatInstant } from '../../src/shared/instant.ts';

it.each([
  [0, '1970-01-01T00:00:00.000Z'],
  [1_732_300_000_120, '2024-11-22T18:26:40.120Z'],
])('shows %i as %s', (instant, text) => {
  expect(formatInstant(instant)).toBe(text);
});

it('shows every instant as Date does', () => {
  const instant = fc.integer({ min: -1_000, max: Date.parse('9999-12-31T23:59:59.999Z') });
  fc.assert(
    fc.property(fc.array(instant), (instants) => {
      expect(instants.map(formatInstant)).toEqual(instants.map((ms) => new Date(ms).toISOString()));
    }),
  );
});
