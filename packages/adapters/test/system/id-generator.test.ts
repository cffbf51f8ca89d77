import { expect, it } from 'vitest';
import { createUlidGenerator } from '../../src/system/id-generator.ts';

it('gives ids that are unique and sort in the order they were given', () => {
  const ids = createUlidGenerator();
  const given = Array.from({ length: 5_000 }, () => ids.next());
  expect(new Set(given).size).toBe(given.length);
  expect(given.toSorted()).toEqual(given);
  expect(given.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});
