import { DummyDriver, Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Placeholders, prepare } from '../../../src/mysql/connection/prepare.ts';
import type { Database } from '../../../src/mysql/schema/schema.ts';

type Sent = { readonly sql: string; readonly parameters: readonly unknown[] };

/** A database that only records the statements it receives. */
function createRecorder() {
  const sent: Sent[] = [];
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (of) => new MysqlIntrospector(of),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
    log: ({ query: { sql: text, parameters } }) => void sent.push({ sql: text, parameters }),
  });
  return { db, sent };
}

type Input = {
  readonly from: readonly number[];
  readonly into: readonly number[];
  readonly id: string | null;
};

function createStatement() {
  let builds = 0;
  const run = prepare((db, { from, into, id }: Placeholders<Input>) => {
    builds += 1;
    return db
      .updateTable('seat')
      .set({ reservation_id: id, price: 7 })
      .where('number', 'in', from)
      .where(sql<number>`number + ${1}`, 'in', into);
  });
  return { run, builds: () => builds };
}

it('is built once, and filled in with each run', async () => {
  const { db, sent } = createRecorder();
  const { run, builds } = createStatement();
  await run(db, { from: [1], into: [2], id: 'a' });
  await run(db, { id: null, from: [3], into: [4] });
  expect(builds()).toBe(1);
  expect(new Set(sent.map(({ sql: text }) => text)).size).toBe(1);
  expect(sent.map(({ parameters }) => parameters)).toEqual([
    ['a', 7, 1, 1, 2],
    [null, 7, 3, 1, 4],
  ]);
});

it('is another statement for lists of other lengths, whatever the order of the inputs', async () => {
  const { db, sent } = createRecorder();
  const { run, builds } = createStatement();
  await run(db, { from: [1], into: [2, 3], id: 'a' });
  await run(db, { into: [4], from: [5, 6], id: 'a' });
  await run(db, { from: [7], id: 'a', into: [8, 9] });
  expect(builds()).toBe(2);
  expect(sent.map(({ parameters }) => parameters)).toEqual([
    ['a', 7, 1, 1, 2, 3],
    ['a', 7, 5, 6, 1, 4],
    ['a', 7, 7, 1, 8, 9],
  ]);
  expect(sent.map(({ sql: text }) => text.match(/in \([^)]*\)/g))).toEqual([
    ['in (?)', 'in (?, ?)'],
    ['in (?, ?)', 'in (?)'],
    ['in (?)', 'in (?, ?)'],
  ]);
});
