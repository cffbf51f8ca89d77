import { describe, expect, it } from 'vitest';
import { isSameName } from '../../../src/console/components/same-name.ts';

describe('isSameName', () => {
  it.each([
    ['Winter Light', 'Winter Light'],
    [' Winter  Light ', 'Winter Light'],
    ['한밤의 빛'.normalize('NFD'), '한밤의 빛'],
  ])('takes %j for %j', (typed, name) => {
    expect(isSameName(typed, name)).toBe(true);
  });

  it.each(['', 'winter light', 'Winter', 'Winter Light 2'])('does not take %j for Winter Light', (typed) => {
    expect(isSameName(typed, 'Winter Light')).toBe(false);
  });
});
