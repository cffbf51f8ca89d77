import { CompiledQuery, Kysely, MysqlDialect, sql } from 'kysely';
import { type TestDatabase, createTestDatabase } from '@frontrow/tests/support/mysql-database.ts';
import { createMysqlPool } from '../../src/mysql/connection/pool.ts';
import { type MysqlPorts, createMysqlPorts } from '../../src/mysql/mysql-ports.ts';
import type { Database } from '../../src/mysql/schema/schema.ts';

/** A database of its own, and the plans of the statements that its ports send. */
export type PlanReader = {
  readonly db: Kysely<Database>;
  readonly ports: MysqlPorts;
  /**
   * The plans of the statements that `act` sends: for each table the index, and what it is searched with; `derived` stands for
   * the rows of a subquery. Throws where a table is sorted.
   */
  readonly plansOf: (act: () => unknown) => Promise<readonly string[]>;
  /** How many rows and keys of tables the statements of `act` read. */
  readonly countReads: (act: () => unknown) => Promise<number>;
  close(): Promise<void>;
};

type PlanRow = {
  readonly table: string | null;
  readonly key: string | null;
  readonly ref: string | null;
  readonly Extra: string | null;
};
/** A derived table, as of a union, has at most the rows of its parts, which its name shows. */
const DERIVED = /^<(derived|union|subquery)/;

export async function openPlanReader(): Promise<PlanReader> {
  const database: TestDatabase = await createTestDatabase();
  const databaseName = new URL(database.url).pathname.slice(1);
  let sent: CompiledQuery[] = [];
  const db = new Kysely<Database>({
    dialect: new MysqlDialect({ pool: createMysqlPool({ url: database.url, poolSize: 1 }) }),
    log: ({ query }) => void sent.push(query),
  });
  return {
    db,
    ports: createMysqlPorts(db, {
      seatHoldStrategy: 'grouped',
      webhookSecretKeys: [{ keyId: 'test', secret: 'a key that only the tests know' }],
    }),
    async plansOf(act) {
      sent = [];
      await act();
      const recorded = sent.filter(({ sql: text }) => /^\(?(select|update|delete)/.test(text));
      const plans: string[] = [];
      for (const { sql: statement, parameters } of recorded) {
        const explain = CompiledQuery.raw(`explain format = traditional ${statement}`, [...parameters]);
        const { rows } = await db.executeQuery<PlanRow>(explain);
        for (const { table, key, ref, Extra } of rows) {
          const isDerived = DERIVED.test(table ?? '');
          if (!isDerived && (Extra ?? '').includes('filesort'))
            throw new Error(`${table} is sorted: ${statement}`);
          const searched = ref?.replaceAll(`${databaseName}.`, '') ?? 'range';
          plans.push(isDerived ? 'derived' : `${key ?? 'every row'}: ${searched}`);
        }
      }
      return plans;
    },
    async countReads(act) {
      await sql`flush status`.execute(db);
      await act();
      const { rows } = await sql<{ Value: string }>`show session status like 'Handler_read%'`.execute(db);
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    },
    async close() {
      await db.destroy();
      await database.drop();
    },
  };
}
