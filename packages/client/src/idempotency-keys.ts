import type { Answer } from './answer.ts';
import { type KeyValueStorage, tolerantStorage } from './storage.ts';

/** The idempotency keys of acts without an answer, such as `pay:<reservationId>`. */
export type IdempotencyKeys = {
  /**
   * Sends an act with its key. The key is stored before the request, so that the same act with the same body has the same key
   * also after a reload and in another tab. It is removed once an answer settles the act.
   */
  send<Data, Problem extends { readonly code: string }>(
    act: string,
    body: unknown,
    send: (key: string) => Promise<Answer<Data, Problem>>,
  ): Promise<Answer<Data, Problem>>;
  /** Whether the act was sent and has no answer yet, perhaps before a reload. */
  isPending(act: string): boolean;
};

type Pending = { readonly key: string; readonly body: string };

const PREFIX = 'frontrow.key.';
const KEY_BYTES = 16;
/** The answers that are given after the server has looked for an earlier effect of the key. */
const SETTLING = [402, 404, 409, 410, 422];

export function createIdempotencyKeys(unsafe: KeyValueStorage): IdempotencyKeys {
  const storage = tolerantStorage(() => unsafe);

  function pending(act: string): Pending | null {
    const stored = storage.getItem(PREFIX + act);
    const [key = '', ...body] = stored?.split(' ') ?? [];
    return key === '' ? null : { key, body: body.join(' ') };
  }

  function keyFor(act: string, body: string): string {
    const known = pending(act);
    if (known?.body === body) return known.key;
    const key = newKey();
    storage.setItem(PREFIX + act, `${key} ${body}`);
    // Another tab may have stored its key at the same moment.
    const stored = pending(act);
    return stored?.body === body ? stored.key : key;
  }

  return {
    async send(act, body, send) {
      const key = keyFor(act, JSON.stringify(body) ?? '');
      const answer = await send(key);
      if (isSettled(answer) && pending(act)?.key === key) storage.removeItem(PREFIX + act);
      return answer;
    },
    isPending: (act) => pending(act) !== null,
  };
}

function isSettled(answer: Answer<unknown, { readonly code: string }>): boolean {
  if (answer.ok) return true;
  const { code } = answer.problem;
  if (code === 'UNREACHABLE' || code === 'IDEMPOTENCY_IN_PROGRESS') return false;
  return SETTLING.includes(answer.status ?? 0);
}

/** `crypto.randomUUID` exists only on pages that came by HTTPS or from this machine. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
