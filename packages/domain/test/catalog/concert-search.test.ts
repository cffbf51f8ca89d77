import { expect, it } from 'vitest';
import { foldText, hasWords, wordsOf } from '../../src/catalog/concert-search.ts';
import type { Concert } from '../../src/catalog/concert.ts';

const concert: Concert = {
  id: 'c',
  title: '봄날 Café Ångström',
  artist: 'The Night Owls',
  description: 'A secret word',
  visibility: 'PUBLISHED',
  sales: { state: 'RUNNING', reason: null },
  version: 1,
};

it.each([
  ['cafe', true],
  ['CAFÉ', true],
  ['owls', true],
  ['night ANGSTROM', true],
  ['ght ow', true],
  ['봄', true],
  ['봄날'.normalize('NFD'), true],
  ['보', false],
  ['night owls berlin', false],
  ['secret', false],
  ['%', false],
  ['caf_', false],
])('finds each word in the title or the artist: %s', (query, isFound) => {
  expect(hasWords(concert, wordsOf(query))).toBe(isFound);
});

it('splits words at any white space', () => {
  expect(wordsOf('  a\u3000b\tc ')).toEqual(['A', 'B', 'C']);
});

it('gives a folded text the same form again', () => {
  for (const text of ['Straße', 'ΟΔΟΣ οδός', 'ﬁn', 'ガ', 'İstanbul'])
    expect(foldText(foldText(text))).toBe(foldText(text));
});
