import { describe, expect, it } from 'vitest';
import { type KeyValueStorage, createMemoryStorage, scopedStorage, tolerantStorage } from '../src/storage.ts';

/** A storage of which any method throws while it is full, as in a private window or without space. */
function createFullStorage() {
  const memory = createMemoryStorage();
  let isFull = false;
  const orThrow = <Value>(act: () => Value): Value => {
    if (isFull) throw new DOMException('no space', 'QuotaExceededError');
    return act();
  };
  const storage: KeyValueStorage = {
    getItem: (key) => memory.getItem(key),
    setItem: (key, value) => orThrow(() => memory.setItem(key, value)),
    removeItem: (key) => orThrow(() => memory.removeItem(key)),
  };
  return { storage, memory, setFull: (full: boolean) => (isFull = full) };
}

describe('tolerantStorage', () => {
  it('stores what can be stored', () => {
    const memory = createMemoryStorage();
    const storage = tolerantStorage(() => memory);
    storage.setItem('a', '1');
    expect([memory.getItem('a'), storage.getItem('a')]).toEqual(['1', '1']);
    storage.removeItem('a');
    expect([memory.getItem('a'), storage.getItem('a')]).toEqual([null, null]);
  });

  it('keeps in memory what a full storage does not take', () => {
    const { storage: full, memory, setFull } = createFullStorage();
    const storage = tolerantStorage(() => full);
    storage.setItem('a', 'old');
    setFull(true);
    storage.setItem('a', 'new');
    expect([memory.getItem('a'), storage.getItem('a')]).toEqual(['old', 'new']);
    storage.removeItem('a');
    expect(storage.getItem('a')).toBeNull();
    setFull(false);
    storage.setItem('a', 'newer');
    expect([memory.getItem('a'), storage.getItem('a')]).toEqual(['newer', 'newer']);
  });

  it('works where the browser allows no storage at all', () => {
    const storage = tolerantStorage(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    storage.setItem('a', '1');
    expect(storage.getItem('a')).toBe('1');
    storage.removeItem('a');
    expect(storage.getItem('a')).toBeNull();
  });
});

describe('scopedStorage', () => {
  it('keeps what belongs to one user apart from that of another', () => {
    const memory = createMemoryStorage();
    const [mina, jun] = [scopedStorage(memory, 'mina'), scopedStorage(memory, 'jun')];
    mina.setItem('ticket', 'of mina');
    expect([mina.getItem('ticket'), jun.getItem('ticket')]).toEqual(['of mina', null]);
    jun.removeItem('ticket');
    expect(mina.getItem('ticket')).toBe('of mina');
  });
});
