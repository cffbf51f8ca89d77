import { STATE_LETTERS } from '@frontrow/domain/booking/seat-states.ts';
import { expect, test } from 'vitest';
import { statusesOf } from '../src/seat-states.ts';

test('statusesOf has the status of each letter that the server sends', () => {
  const letters = Object.values(STATE_LETTERS).join('');
  expect(statusesOf(letters)).toEqual(Object.keys(STATE_LETTERS));
});

test('statusesOf takes a letter that it does not know for a seat that nobody can choose', () => {
  expect(statusesOf('A?')).toEqual(['AVAILABLE', 'BLOCKED']);
});
