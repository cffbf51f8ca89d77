import {
  type Answer,
  type KeyValueStorage,
  createIdempotencyKeys,
  createMemoryStorage,
  sendUntilAnswered,
  tolerantStorage,
} from '@frontrow/client';

/** An operator decides what to do when the server has not answered for so long. */
const PATIENCE_MS = 15_000;

/** Of one tab: two operators never share an act, and a reload keeps it. */
const openStorage = (): KeyValueStorage => globalThis.sessionStorage ?? createMemoryStorage();

export const keys = createIdempotencyKeys(tolerantStorage(openStorage));

/** Sends an act whose repeat has the same effect, until the server has answered. */
export function send<Data, Problem extends { readonly code: string }>(
  call: () => Promise<Answer<Data, Problem>>,
): Promise<Answer<Data, Problem>> {
  return sendUntilAnswered(call, { patienceMs: PATIENCE_MS });
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
