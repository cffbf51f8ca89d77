import { expect, it } from 'vitest';
import { countText } from '../../../src/console/components/count-text.ts';

it.each([
  [0, 'orders', '0 orders'],
  [1, 'orders', '1 order'],
  [1, 'entries', '1 entry'],
  [1, 'blocked seats', '1 blocked seat'],
  [2, 'deliveries', '2 deliveries'],
])('says %d %s as %j', (count, plural, text) => {
  expect(countText(count, plural)).toBe(text);
});
