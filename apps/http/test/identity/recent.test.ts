import { describe, expect, it } from 'vitest';
import { createRecent } from '../../src/identity/recent.ts';

describe('createRecent', () => {
  it('keeps an entry until as many others came after it, and forgets it in the end', () => {
    const recent = createRecent<number>(3);
    recent.set('first', 1);
    recent.set('first', 2);
    for (const key of ['a', 'b', 'c']) recent.set(key, 0);
    expect(recent.get('first')).toBe(2);
    for (const key of ['d', 'e', 'f', 'g', 'h']) recent.set(key, 0);
    expect([recent.get('first'), recent.get('a'), recent.get('h')]).toEqual([undefined, undefined, 0]);
  });

  it('keeps what is touched again and again', () => {
    const recent = createRecent<number>(3);
    recent.set('often', 7);
    for (let count = 0; count < 100; count++) {
      expect(recent.get('often')).toBe(7);
      recent.set(`once ${count}`, 0);
    }
  });
});
