import type { Concert } from '@frontrow/client';

export type Visibility = Concert['visibility'];

/** The concerts with each word of `words` in the title or the artist, and with this visibility, if any. */
export function findConcerts(
  concerts: readonly Concert[],
  words: string,
  visibility: Visibility | '',
): readonly Concert[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  return concerts.filter((concert) => {
    const text = fold(`${concert.title} ${concert.artist}`);
    return (
      (visibility === '' || concert.visibility === visibility) && wanted.every((word) => text.includes(word))
    );
  });
}

/** Without case, accents and widths of characters, as the search of fans. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();
}
