import { foldText } from '@frontrow/domain/catalog/concert-search.ts';
import { useMysqlTestPorts } from '@frontrow/tests/support/use-mysql-test-ports.ts';
import { sql } from 'kysely';
import { expect, it } from 'vitest';

const database = useMysqlTestPorts();

it.each([
  ['é', 'E'],
  ['Å', 'a'],
  ['ß', 'ss'],
  ['æ', 'AE'],
  ['Œ', 'oe'],
  ['ø', 'O'],
  ['đ', 'D'],
  ['ł', 'L'],
  ['Ａ１', 'a1'],
  ['ﬁ', 'FI'],
  ['カ', 'か'],
  ['が', 'か'],
  ['ｶﾞ', 'か'],
  ['Σ', 'ς'],
  ['날', '날'.normalize('NFD')],
  ['Й', 'и'],
  ['a', 'b'],
  ['o', '0'],
  ['가', '각'],
  ['é', 'e!'],
])('compares %s and %s as the accent-insensitive collation of MySQL does', async (a, b) => {
  const query = sql<{ same: number | string }>`select ${a} collate utf8mb4_0900_ai_ci = ${b} as same`;
  const { rows } = await query.execute(database.mysql.db);
  expect(foldText(a) === foldText(b)).toBe(Number(rows[0]?.same) === 1);
});
