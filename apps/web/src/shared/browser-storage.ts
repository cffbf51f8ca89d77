/** `localStorage`, or null where the browser refuses it. */
function openStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

const storage = openStorage();

/** Reads a preference; null where there is none or the browser keeps none. */
export function readPreference(name: string): string | null {
  try {
    return storage?.getItem(`frontrow.${name}`) ?? null;
  } catch {
    return null;
  }
}

/** Writes a preference; it lasts only as long as the page where the browser keeps none. */
export function writePreference(name: string, value: string): void {
  try {
    storage?.setItem(`frontrow.${name}`, value);
  } catch {
    // a full or forbidden storage costs the preference, nothing else
  }
}
