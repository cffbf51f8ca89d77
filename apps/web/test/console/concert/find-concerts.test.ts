import type { Concert } from '@frontrow/client';
import { describe, expect, it } from 'vitest';
import { findConcerts } from '../../../src/console/concerts/find-concerts.ts';

const concertOf = (
  title: string,
  artist: string,
  visibility: Concert['visibility'] = 'PUBLISHED',
): Concert => ({
  id: title,
  title,
  artist,
  description: '',
  visibility,
  salesState: 'RUNNING',
  reason: null,
});
const CONCERTS = [
  concertOf('Winter Light', 'Café del Mar'),
  concertOf('한밤의 재즈', 'Owls', 'DRAFT'),
  concertOf('Ｗｉｎｔｅｒ ２', 'Owls', 'ARCHIVED'),
];
const found = (words: string, visibility: Concert['visibility'] | '' = '') =>
  findConcerts(CONCERTS, words, visibility).map(({ title }) => title);

describe('findConcerts', () => {
  it.each([
    ['', ['Winter Light', '한밤의 재즈', 'Ｗｉｎｔｅｒ ２']],
    ['winter', ['Winter Light', 'Ｗｉｎｔｅｒ ２']],
    ['cafe light', ['Winter Light']],
    ['재즈', ['한밤의 재즈']],
    ['summer', []],
  ])('finds by %j', (words, titles) => {
    expect(found(words)).toEqual(titles);
  });

  it('finds by visibility', () => {
    expect(found('owls', 'ARCHIVED')).toEqual(['Ｗｉｎｔｅｒ ２']);
  });
});
