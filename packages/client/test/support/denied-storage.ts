import type { KeyValueStorage } from '../../src/storage.ts';

function deny(): never {
  throw new DOMException('denied', 'SecurityError');
}

/** A storage that a browser does not let a page use. */
export const DENIED_STORAGE: KeyValueStorage = { getItem: deny, setItem: deny, removeItem: deny };
