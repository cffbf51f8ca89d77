import { describe, expect, it } from 'vitest';
import {
  type QueuedRequest,
  type QueueOutcome,
  createKeyedFifoQueue,
} from '../../../src/redis/seat-lock/keyed-fifo-queue.ts';

const LONG_MS = 60_000;

/** A queue that logs the outcome of each request by name. */
function createLoggedQueue() {
  const queue = createKeyedFifoQueue();
  const log: string[] = [];
  return {
    log,
    join: (name: string, ...keys: string[]): QueuedRequest & { readonly outcome: Promise<QueueOutcome> } => {
      const queued = queue.join(keys);
      const outcome = queued.waitForTurn(LONG_MS);
      void outcome.then((how) => log.push(`${name} ${how}`));
      return { ...queued, outcome };
    },
  };
}
const settled = () => new Promise(setImmediate);

describe('a queued request', () => {
  it('takes its turn in the order of joining, once every earlier request for its keys has left', async () => {
    const { log, join } = createLoggedQueue();
    const first = join('first', 'a');
    const second = join('second', 'b');
    const both = join('both', 'a', 'b');
    const last = join('last', 'b');
    await settled();
    expect(log).toEqual(['first FIRST', 'second FIRST']);
    first.leave();
    await settled();
    expect(log).toHaveLength(2);
    second.leave();
    await both.outcome;
    both.leave();
    await last.outcome;
    expect(log.slice(2)).toEqual(['both FIRST', 'last FIRST']);
  });

  it('times out, and blocks no other request once it has left', async () => {
    const queue = createKeyedFifoQueue();
    const first = queue.join(['a']);
    const late = queue.join(['a']);
    expect(await late.waitForTurn(5)).toBe('TIMED_OUT');
    const next = queue.join(['a']);
    late.leave();
    const nextOutcome = next.waitForTurn(LONG_MS);
    first.leave();
    expect(await nextOutcome).toBe('FIRST');
  });
});
