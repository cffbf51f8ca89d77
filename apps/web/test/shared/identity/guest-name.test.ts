import { describe, expect, it } from 'vitest';
import { makeGuestName } from '../../../src/shared/identity/guest-name.ts';

describe('makeGuestName', () => {
  it.each([0, 0.5, 0.999_999])(
    'makes a user id of words and four digits, for the random number %s',
    (random) => {
      expect(makeGuestName(() => random)).toMatch(/^[a-z]+-[a-z]+-\d{4}$/);
    },
  );
});
