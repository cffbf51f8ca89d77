import { expect, it } from 'vitest';
import { readSlot } from '@frontrow/application/shared/slots.ts';
import { createUlidGenerator } from '../../src/system/id-generator.ts';

it('generates unique ids that sort in the order of their generation', () => {
  const ids = createUlidGenerator();
  const given = Array.from({ length: 5_000 }, () => ids.next());
  expect(new Set(given).size).toBe(given.length);
  expect(given.toSorted()).toEqual(given);
  expect(given.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});

it('generates unique ids of a concert that sort in the order of their generation, with the first byte of its MD5', () => {
  const ids = createUlidGenerator();
  const given = Array.from({ length: 5_000 }, () => ids.nextIn('a concert'));
  expect(new Set(given).size).toBe(given.length);
  expect(given.toSorted()).toEqual(given);
  expect(given.every((id) => readSlot(id) === 0x9a)).toBe(true);
  expect(given.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});
