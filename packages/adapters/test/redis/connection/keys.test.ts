import { expect, it } from 'vitest';
import { createKeys } from '../../../src/redis/connection/keys.ts';

const keys = createKeys('frontrow');
/** What Redis Cluster hashes: the text between the first brace and the next closing one. */
const slotOf = (key: string) => /\{([^}]+)\}/.exec(key)?.[1];

it('keeps the keys of one script in one slot for any id', () => {
  for (const id of ['01JD2ZJ6W0', 'a}b', '{x}', 'é%7D']) {
    const { entries, version } = keys.cache(id);
    expect(slotOf(entries)).toBe(slotOf(version));
    expect(slotOf(keys.seatLock(id, 1))).toBe(slotOf(keys.seatLock(id, 50_000)));
    expect(new Set(Object.values(keys.room(id)).map(slotOf)).size).toBe(1);
  }
});

it('never gives two ids one key', () => {
  const ids = ['a}b', 'a%7Db', 'a{b', 'a', 'a:b'];
  const all = ids.flatMap((id) => [
    ...Object.values(keys.room(id)),
    keys.seatLock(id, 1),
    ...Object.values(keys.cache(id)),
  ]);
  expect(new Set(all).size).toBe(all.length);
});
