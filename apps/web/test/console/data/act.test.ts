import { describe, expect, it } from 'vitest';
import { createAct } from '../../../src/console/data/act.ts';
import type { Answer } from '../../../src/console/data/answer.ts';

describe('createAct', () => {
  it('is sent once, however often the button is pressed', async () => {
    const sent = Promise.withResolvers<Answer<string>>();
    const counts = { sends: 0, done: 0 };
    const act = createAct<null, string>(
      () => {
        counts.sends++;
        return sent.promise;
      },
      () => counts.done++,
    );
    const first = act.run(null);
    expect(await act.run(null)).toBe(false);
    expect(act.isSending.value).toBe(true);
    sent.resolve({ ok: true, data: 'x' });
    expect(await first).toBe(true);
    expect(counts).toEqual({ sends: 1, done: 1 });
    expect(act.isSending.value).toBe(false);
  });

  it('has the problem of a refused attempt until the next one', async () => {
    const answers: Answer<null>[] = [
      { ok: false, problem: { code: 'UNREACHABLE', reason: 'NETWORK' } },
      { ok: true, data: null },
    ];
    const act = createAct<null, null>(
      () => Promise.resolve(answers.shift() as Answer<null>),
      () => undefined,
    );
    expect(await act.run(null)).toBe(false);
    expect(act.problem.value?.code).toBe('UNREACHABLE');
    const second = act.run(null);
    expect(act.problem.value).toBeNull();
    expect(await second).toBe(true);
  });
});
