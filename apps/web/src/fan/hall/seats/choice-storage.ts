import { tolerantStorage } from '@frontrow/client';
import { readChoice } from './choice.ts';

/** Keeps a choice over a reload of the page; each tab has its own. */
export type ChoiceStorage = { read(): readonly number[]; write(choice: readonly number[]): void };

const storage = tolerantStorage(() => globalThis.sessionStorage);

export function choiceStorageOf(eventId: string): ChoiceStorage {
  const key = `frontrow.choice.${eventId}`;
  return {
    read: () => readChoice(storage.getItem(key)),
    write: (choice) => storage.setItem(key, JSON.stringify(choice)),
  };
}
