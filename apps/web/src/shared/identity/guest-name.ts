const QUALITIES = [
  'bright',
  'calm',
  'clear',
  'cosy',
  'gentle',
  'golden',
  'happy',
  'lucky',
  'merry',
  'quiet',
  'silver',
  'warm',
];
const THINGS = [
  'drum',
  'fiddle',
  'flute',
  'harp',
  'lantern',
  'lark',
  'lute',
  'melody',
  'otter',
  'piano',
  'robin',
  'viola',
];

/** A name that a guest can read out, as in `calm-otter-4821`. `random` returns a number from 0 to 1, exclusive. */
export function makeGuestName(random: () => number = Math.random): string {
  const oneOf = (words: readonly string[]) => words[Math.floor(random() * words.length)];
  return `${oneOf(QUALITIES)}-${oneOf(THINGS)}-${Math.floor(1000 + random() * 9000)}`;
}
