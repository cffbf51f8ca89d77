import { type Connection, createConnection } from 'mysql2/promise';
import { describeMachine } from '../harness/describe-machine.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { type Testbed, openTestbed } from '../harness/testbed.ts';
import { measureCrowd, measureIdleSales, measureWholeSales } from './build-rows.ts';
import { assertDurable } from './checkout-audit.ts';
import { measureAgainstRawLoops } from './raw-loop-rows.ts';

type Measure = (testbed: Testbed, db: Connection) => Promise<readonly Row[]>;

const ROWS: Readonly<Record<string, Measure>> = {
  'raw-loops': measureAgainstRawLoops,
  idle: measureIdleSales,
  sales: measureWholeSales,
  crowd: measureCrowd,
};

/**
 * `pnpm bench checkout [--rows=<name>,…]`: holds, payments and whole sales over HTTP with durable commits, audited. Against
 * loops that only send statements, and against the build before groups, which is checked out of git into a temporary
 * folder and installed. Under eight minutes.
 */
export async function benchCheckout(args: readonly string[]): Promise<void> {
  const names = namesIn(args);
  const startedAt = performance.now();
  const testbed = await openTestbed({ durable: true });
  const db = await createConnection({ uri: testbed.mysqlUrl, timezone: 'Z' });
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    await assertDurable(db);
    const rows: Row[] = [];
    for (const name of names) rows.push(...(await ROWS[name]!(testbed, db)));
    printTable(rows);
    console.log(`\n${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  } finally {
    await db.end();
    await testbed.close();
  }
}

function namesIn(args: readonly string[]): readonly string[] {
  const all = Object.keys(ROWS);
  const [argument, ...others] = args;
  if (argument === undefined) return all;
  const names = argument.startsWith('--rows=') ? argument.slice('--rows='.length).split(',') : [];
  if (others.length > 0 || names.length === 0 || !names.every((name) => name in ROWS))
    throw new Error(
      `usage: pnpm bench checkout [--rows=<name>,…], where <name> is one of: ${all.join(', ')}`,
    );
  return names;
}
