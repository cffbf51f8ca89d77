import { tolerantStorage } from '@frontrow/client';

/** `localStorage`; what the browser refuses to keep lasts only as long as the page. */
export const browserStorage = tolerantStorage(() => globalThis.localStorage);

export const PREFERENCES = 'frontrow.';

/** Reads a preference; null where there is none. */
export function readPreference(name: string): string | null {
  return browserStorage.getItem(PREFERENCES + name);
}

export function writePreference(name: string, value: string): void {
  browserStorage.setItem(PREFERENCES + name, value);
}
