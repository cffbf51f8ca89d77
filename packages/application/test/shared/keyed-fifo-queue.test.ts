import { describe, expect, it } from 'vitest';
import {
  type QueuedRequest,
  type QueueOutcome,
  createKeyedFifoQueue,
} from '../../src/shared/keyed-fifo-queue.ts';

const LONG_MS = 60_000;

/** Turns whose outcomes are written down by name, in the order in which they came. */
function createLine() {
  const turns = createKeyedFifoQueue();
  const log: string[] = [];
  return {
    log,
    join: (name: string, ...keys: string[]): QueuedRequest & { readonly outcome: Promise<QueueOutcome> } => {
      const turn = turns.join(keys);
      const outcome = turn.waitForTurn(LONG_MS);
      void outcome.then((came) => log.push(`${name} ${came}`));
      return { ...turn, outcome };
    },
  };
}
const settled = () => new Promise(setImmediate);

describe('a turn', () => {
  it('comes in the order of joining, once all who are ahead for any of the keys have left', async () => {
    const { log, join } = createLine();
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

  it('is over for all behind it when it is dismissed, and comes for whoever they kept waiting', async () => {
    const { log, join } = createLine();
    const first = join('first', 'a');
    join('behind', 'a');
    join('both', 'a', 'b');
    join('kept', 'b');
    first.dismissRivals();
    await settled();
    expect(log).toEqual(['first FIRST', 'behind DISMISSED', 'both DISMISSED', 'kept FIRST']);
    first.leave();
    expect(await join('next', 'a').outcome).toBe('FIRST');
  });

  it('is late after the wait, and keeps nobody waiting once it is left', async () => {
    const turns = createKeyedFifoQueue();
    const first = turns.join(['a']);
    const late = turns.join(['a']);
    expect(await late.waitForTurn(5)).toBe('TIMED_OUT');
    const next = turns.join(['a']);
    late.leave();
    const coming = next.waitForTurn(LONG_MS);
    first.leave();
    expect(await coming).toBe('FIRST');
  });
});
