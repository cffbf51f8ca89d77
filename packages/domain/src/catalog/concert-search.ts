import type { Concert } from './concert.ts';

/** Letters that Unicode does not decompose, and that the collation of the database compares like these. */
const LIKE_LETTERS: Readonly<Record<string, string>> = { Æ: 'AE', Œ: 'OE', Ø: 'O', Đ: 'D', Ł: 'L', Ħ: 'H' };
/** What accents are decomposed to; the breve of Й makes another letter. */
const ACCENTS = /(?<![Ии])\u0306|(?!\u0306)\p{Script=Inherited}/gu;
const KATAKANA = /[\u30A1-\u30F6]/g;
/** How far a katakana is behind its hiragana. */
const KATAKANA_OFFSET = 0x60;

/**
 * The form in which texts are compared: without case, accents and widths of characters, as `utf8mb4_0900_ai_ci` of MySQL
 * compares them.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toUpperCase()
    .replace(/[ÆŒØĐŁĦ]/g, (letter) => LIKE_LETTERS[letter]!)
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - KATAKANA_OFFSET))
    .normalize('NFC');
}

export function wordsOf(query: string): readonly string[] {
  return foldText(query).split(/\s+/u).filter(Boolean);
}

/** The folded texts of concerts. A search compares each concert of a cached list. */
const folded = new WeakMap<Concert, string>();

/** Whether each of the folded words is in the title or the artist of the concert. */
export function hasWords(concert: Concert, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = folded.get(concert) ?? foldText(`${concert.title}\n${concert.artist}`);
  folded.set(concert, text);
  return words.every((word) => text.includes(word));
}
