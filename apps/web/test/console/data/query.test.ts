import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/console/data/answer.ts';
import { createQuery } from '../../../src/console/data/query.ts';

const UNREACHABLE = { ok: false, problem: { code: 'UNREACHABLE', reason: 'NETWORK' } } as const;

/** A read whose answers the test gives. */
function askable<Data>() {
  const asked: { readonly answer: (answer: Answer<Data>) => void; readonly signal: AbortSignal }[] = [];
  const read = (signal: AbortSignal) =>
    new Promise<Answer<Data>>((answer) => {
      asked.push({ answer, signal });
    });
  return { asked, read };
}

describe('createQuery', () => {
  it('has the data of the newest read', async () => {
    const { asked, read } = askable<string>();
    const query = createQuery(read);
    const done = query.refresh();
    expect(query.isReading.value).toBe(true);
    asked[0]?.answer({ ok: true, data: 'first' });
    await done;
    expect(query).toMatchObject({
      data: { value: 'first' },
      problem: { value: null },
      isReading: { value: false },
    });
  });

  it('drops the answer of an older read and aborts it', async () => {
    const { asked, read } = askable<string>();
    const query = createQuery(read);
    const older = query.refresh();
    const newer = query.refresh();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[1]?.answer({ ok: true, data: 'newer' });
    asked[0]?.answer({ ok: true, data: 'older' });
    await Promise.all([older, newer]);
    expect(query.data.value).toBe('newer');
  });

  it('keeps the data when a later read fails, and forgets the problem after the next success', async () => {
    const answers: Answer<string>[] = [{ ok: true, data: 'a' }, UNREACHABLE, { ok: true, data: 'b' }];
    const query = createQuery(() => Promise.resolve(answers.shift() as Answer<string>));
    await query.refresh();
    await query.refresh();
    expect(query).toMatchObject({ data: { value: 'a' }, problem: { value: { code: 'UNREACHABLE' } } });
    await query.refresh();
    expect(query).toMatchObject({ data: { value: 'b' }, problem: { value: null } });
  });

  it('drops the answer that comes after the end', async () => {
    const { asked, read } = askable<string>();
    const query = createQuery(read);
    const done = query.refresh();
    query.stop();
    asked[0]?.answer({ ok: true, data: 'late' });
    await done;
    expect(query.data.value).toBeNull();
  });
});
