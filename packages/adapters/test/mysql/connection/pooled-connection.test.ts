import { promisify } from 'node:util';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { PoolConnection } from 'mysql2';
import { format } from 'mysql2';
import { expect, it } from 'vitest';
import { toKyselyConnection } from '../../../src/mysql/connection/pooled-connection.ts';

type Done = (error: unknown, result?: unknown) => void;

/** A connection that answers each text from a server of its own. */
function connectionTo(answer: (text: string) => Error | null) {
  const driver = {
    format,
    destroy: () => undefined,
    query: ({ sql }: { sql: string }, done: Done) => done(answer(sql), [[], []]),
  } as unknown as PoolConnection;
  const connection = toKyselyConnection(driver, {
    isPrimary: true,
    bundles: true,
    onError: () => undefined,
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
