import { readFileSync } from 'node:fs';
import { type TestDatabase, createTestDatabase } from '@frontrow/tests/support/mysql-database.ts';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The snapshot of the statements that a release sends, as it was committed with the release. */
const RELEASED = ['0.3.0', '0.4.0'];

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = await createConnection(database.url);
});
afterAll(async () => {
  await connection.end();
  await database.drop();
});

function statementsOf(release: string): readonly string[] {
  const file = new URL(`./released/statements-${release}.sql.txt`, import.meta.url);
  const text = readFileSync(file, 'utf8').replaceAll(/ ?--.*$/gm, '');
  const statements = text.split(/;\n/).map((statement) => statement.trim());
  return statements.filter((sql) => sql !== '' && !/^(begin|start|commit|rollback|set)\b/i.test(sql));
}

function row(columns: string): string {
  return `(${columns
    .split(',')
    .map(() => '?')
    .join(', ')})`;
}

/** The driver replaces `?` by lists and rows, which a prepared statement has as single parameters. */
function withSingleParameters(sql: string): string {
  return sql
    .replace(/(\([^()]*\)) values \?/, (_, columns: string) => `${columns} values ${row(columns)}`)
    .replaceAll(
      /(\([\w., ]+,[\w., ]+\)) in \(\?\)/g,
      (_, columns: string) => `${columns} in (${row(columns)})`,
    );
}

describe.each(RELEASED)('each statement of release %s', (release) => {
  it('is valid on the present schema, so that the release serves while this version is rolled out', async () => {
    const refused: string[] = [];
    const statements = statementsOf(release);
    for (const sql of statements)
      try {
        await connection.query('prepare released from ?', [withSingleParameters(sql)]);
      } catch (error) {
        refused.push(`${(error as Error).message}: ${sql}`);
      }
    expect(refused).toEqual([]);
    expect(statements.length).toBeGreaterThan(60);
  });
});
