import { setTimeout as delay } from 'node:timers/promises';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';

const AGAIN_AFTER_MS = 20;

/** Repeats what has waited too long, as clients do after a 503: on a busy machine most of a crowd has. */
export async function repeatWhileUnavailable<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await delay(AGAIN_AFTER_MS);
    }
  }
}

/** Also of work for several rooms, of which some were refused. */
function isUnavailable(error: unknown): boolean {
  return error instanceof AggregateError ? error.errors.every(isUnavailable) : error instanceof Unavailable;
}
