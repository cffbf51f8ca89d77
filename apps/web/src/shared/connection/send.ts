import { type Answer, type IdempotencyKeys, sendUntilAnswered } from '@frontrow/client';
import { followConnection } from './connection.ts';

export type SendOptions = {
  readonly signal?: AbortSignal;
  /** No request is sent later than this after the first. */
  readonly patienceMs?: number;
  /** What the fan has not lost through the trouble, in a short sentence. */
  readonly kept?: () => string;
};

/** Sends a request until it is answered, and says across the page what it waits for. `call` sends the same request each time. */
export async function send<Data, Problem extends { readonly code: string }>(
  call: () => Promise<Answer<Data, Problem>>,
  { signal, patienceMs, kept }: SendOptions = {},
): Promise<Answer<Data, Problem>> {
  let pause = new AbortController();
  let isWaiting = false;
  const reports = followConnection({
    retry: () => isWaiting && pause.abort(),
    ...(kept === undefined ? {} : { kept }),
  });
  const attempt = () => {
    isWaiting = false;
    return call();
  };
  for (;;) {
    pause = new AbortController();
    const answer = await sendUntilAnswered(attempt, {
      signal: signal === undefined ? pause.signal : AbortSignal.any([signal, pause.signal]),
      ...(patienceMs === undefined ? {} : { patienceMs }),
      onWait: ({ code, waitMs }) => {
        isWaiting = true;
        reports.failed({ code, retryAt: Date.now() + waitMs });
      },
    });
    if (pause.signal.aborted && signal?.aborted !== true) continue;
    if (answer.ok) reports.answered();
    reports.end();
    return answer;
  }
}

/** Sends an act with its idempotency key, as `send` does. */
export function sendAct<Data, Problem extends { readonly code: string }>(
  keys: IdempotencyKeys,
  act: string,
  body: unknown,
  call: (key: string) => Promise<Answer<Data, Problem>>,
  options: SendOptions = {},
): Promise<Answer<Data, Problem>> {
  return send(() => keys.send(act, body, call), options);
}

/** Reads something as often as it takes, until the signal is aborted. */
export function read<Data, Problem extends { readonly code: string }>(
  call: () => Promise<Answer<Data, Problem>>,
  signal: AbortSignal,
): Promise<Answer<Data, Problem>> {
  return send(call, { signal, patienceMs: Infinity });
}
