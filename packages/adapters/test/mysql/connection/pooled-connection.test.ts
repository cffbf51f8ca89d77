import { promisify } from 'node:util';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { PoolConnection } from 'mysql2';
import { format } from 'mysql2';
import { expect, it } from 'vitest';
import { ACCEPTS_WRITES } from '../../../src/mysql/connection/accepts-writes.ts';
import { endsConnections } from '../../../src/mysql/connection/faults.ts';
import { toKyselyConnection } from '../../../src/mysql/connection/pooled-connection.ts';

type Done = (error: unknown, result?: unknown) => void;

/** A connection that answers each text from a server of its own. */
function connectionTo(
  answer: (text: string) => Error | null,
  onError: (error: unknown) => void = () => undefined,
) {
  const driver = {
    format,
    destroy: () => undefined,
    query: ({ sql }: { sql: string }, done: Done) => done(answer(sql), [[{ isReadOnly: 0 }], []]),
  } as unknown as PoolConnection;
  const connection = toKyselyConnection(driver, {
    isPrimary: true,
    bundles: true,
    onError,
    onRelease: () => undefined,
  });
  return promisify((sql: string, done: Done) => connection.query(sql, [], done));
}

it.each([1105, 2006, 2013, 3100, 9999])(
  'does not know the outcome of a commit that fails with %i',
  async (errno) => {
    const query = connectionTo((text) =>
      text.endsWith('commit') ? Object.assign(new Error('from the server'), { errno }) : null,
    );
    await query('begin');
    await query('update wallet set balance = 1');
    await expect(query('commit')).rejects.toThrow(Unavailable);
  },
);

it('tells a failed statement from a failed commit', async () => {
  const duplicate = Object.assign(new Error("Duplicate entry '1' for key 'note.PRIMARY'"), { errno: 1062 });
  const query = connectionTo((text) => (text.includes('insert') ? duplicate : null));
  await query('begin');
  await expect(query('insert into note values (1)')).rejects.toBe(duplicate);
});

it('sends a read that checks its server itself alone, and others after a check', async () => {
  const texts: string[] = [];
  const query = connectionTo((text) => {
    texts.push(text);
    return null;
  });
  const read = `select balance from wallet where ${ACCEPTS_WRITES}`;
  await query(read);
  await query('select balance from wallet');
  expect(texts).toEqual([read, expect.stringMatching(/^select @@global.read_only .*;\nselect balance/)]);
});

it('leads a connection away from a shard that does not answer', async () => {
  let aim = 'dead';
  const query = connectionTo((text) => {
    const next = /^use `(.+)`$/.exec(text)?.[1];
    if (next !== undefined) aim = next;
    return aim === 'dead' ? Object.assign(new Error('no healthy tablet available'), { errno: 1105 }) : null;
  });
  await expect(query('select 1')).rejects.toThrow(Unavailable);
  await query('use `alive`');
  await query('select 1');
});

it('gives a connection up whose server fails the check of a read', async () => {
  const failed = Object.assign(new Error("DOUBLE value is out of range in 'exp((1000 * ))'"), {
    errno: 1690,
  });
  const errors: unknown[] = [];
  const query = connectionTo(
    () => failed,
    (error) => errors.push(error),
  );
  await expect(query(`select 1 where ${ACCEPTS_WRITES}`)).rejects.toThrow(Unavailable);
  expect(errors.map(endsConnections)).toEqual([true]);
});
