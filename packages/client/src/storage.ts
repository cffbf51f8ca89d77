/** `localStorage` and `sessionStorage` are of this type. */
export type KeyValueStorage = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};

export function createMemoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/**
 * A storage that never throws. What cannot be stored, because the storage is full or the browser allows none, is kept in memory
 * until the page is left.
 *
 * @param open returns the storage; a browser that allows none throws already where a page asks for it
 */
export function tolerantStorage(open: () => KeyValueStorage): KeyValueStorage {
  /** Newer than what is stored; null for a key that could not be removed. */
  const unsaved = new Map<string, string | null>();
  const attempt = <Result>(act: (storage: KeyValueStorage) => Result, otherwise: () => Result): Result => {
    try {
      return act(open());
    } catch {
      return otherwise();
    }
  };
  return {
    getItem: (key) =>
      unsaved.get(key) ??
      (unsaved.has(key)
        ? null
        : attempt(
            (storage) => storage.getItem(key),
            () => null,
          )),
    setItem: (key, value) =>
      attempt(
        (storage) => {
          storage.setItem(key, value);
          unsaved.delete(key);
        },
        () => void unsaved.set(key, value),
      ),
    removeItem: (key) =>
      attempt(
        (storage) => {
          storage.removeItem(key);
          unsaved.delete(key);
        },
        () => void unsaved.set(key, null),
      ),
  };
}

/** A part of a storage, as that of one user. */
export function scopedStorage(storage: KeyValueStorage, scope: string): KeyValueStorage {
  const scoped = (key: string) => `${scope}/${key}`;
  return {
    getItem: (key) => storage.getItem(scoped(key)),
    setItem: (key, value) => storage.setItem(scoped(key), value),
    removeItem: (key) => storage.removeItem(scoped(key)),
  };
}
