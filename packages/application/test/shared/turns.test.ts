import { describe, expect, it } from 'vitest';
import { type Turn, type TurnOutcome, createTurns } from '../../src/shared/turns.ts';

const LONG_MS = 60_000;

/** Turns whose outcomes are written down by name, in the order in which they came. */
function createLine() {
  const turns = createTurns();
  const log: string[] = [];
  return {
    log,
    join: (name: string, ...keys: string[]): Turn & { readonly outcome: Promise<TurnOutcome> } => {
      const turn = turns.join(keys);
      const outcome = turn.come(LONG_MS);
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
    first.dismiss();
    await settled();
    expect(log).toEqual(['first FIRST', 'behind DISMISSED', 'both DISMISSED', 'kept FIRST']);
    first.leave();
    expect(await join('next', 'a').outcome).toBe('FIRST');
  });

  it('is late after the wait, and keeps nobody waiting once it is left', async () => {
    const turns = createTurns();
    const first = turns.join(['a']);
    const late = turns.join(['a']);
    expect(await late.come(5)).toBe('LATE');
    const next = turns.join(['a']);
    late.leave();
    const coming = next.come(LONG_MS);
    first.leave();
    expect(await coming).toBe('FIRST');
  });
});
