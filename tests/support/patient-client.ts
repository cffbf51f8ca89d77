import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Call, Client } from './client.ts';

const PATIENCE_MS = 60_000;

/**
 * Sends a request that is answered 503 UNAVAILABLE again after `Retry-After`, with the same key, as every client should.
 * Returns the last answer after a minute.
 */
export function createPatientClient(client: Client): Client {
  return {
    async send<Body>(call: Call) {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        const answer = await client.send<Body>(call);
        if (!isUnavailable(answer) || performance.now() > deadline) return answer;
        const waitMs = 1_000 * Number(answer.headers['retry-after']);
        await delay(waitMs * (1 + Math.random())); // a crowd that is refused at once does not return at once
      }
    },
    close: () => client.close(),
  };
}

function isUnavailable({ status, body }: Answer<unknown>): boolean {
  return status === 503 && (body as { code?: string }).code === 'UNAVAILABLE';
}
