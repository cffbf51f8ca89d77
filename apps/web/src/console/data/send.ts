import {
  type Answer,
  type KeyValueStorage,
  createIdempotencyKeys,
  createMemoryStorage,
  sendUntilAnswered,
  tolerantStorage,
} from '@frontrow/client';
import { signal } from '@preact/signals';

/** An operator decides what to do when the server has not answered for so long. */
const PATIENCE_MS = 15_000;

/** Of one tab: two operators never share an act, and a reload keeps it. */
const openStorage = (): KeyValueStorage => globalThis.sessionStorage ?? createMemoryStorage();

export const keys = createIdempotencyKeys(tolerantStorage(openStorage));

/** Whether an act waits to be sent again, because the server could not answer it. */
export const isRepeating = signal(false);

/** Sends an act whose repeat has the same effect, until the server has answered. */
export async function send<Data, Problem extends { readonly code: string }>(
  call: () => Promise<Answer<Data, Problem>>,
): Promise<Answer<Data, Problem>> {
  const answer = await sendUntilAnswered(call, {
    patienceMs: PATIENCE_MS,
    onWait: () => {
      isRepeating.value = true;
    },
  });
  isRepeating.value = false;
  return answer;
}

/**
 * Sends an act that has an effect once for each idempotency key. The same act with the same body keeps its key until the
 * server has answered, so an operator who tries again after a fault repeats nothing.
 */
export function sendOnce<Data, Problem extends { readonly code: string }>(
  act: string,
  body: unknown,
  call: (headers: { readonly 'Idempotency-Key': string }) => Promise<Answer<Data, Problem>>,
): Promise<Answer<Data, Problem>> {
  return keys.send(act, body, (key) => send(() => call({ 'Idempotency-Key': key })));
}
