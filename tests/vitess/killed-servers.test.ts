import { setTimeout as delay } from 'node:timers/promises';
import { isDuplicate, mysqlFault } from '@frontrow/adapters/mysql/connection/faults.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Connection } from 'mysql2/promise';
import { afterAll, expect, inject, it } from 'vitest';
import { emptyShards } from '../support/empty-shards.ts';
import { eventually } from '../support/eventually.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { writeSection } from './report/section.ts';
import { connectToVtgate, readNames, readShards, writeToBoth } from './two-shards.ts';

const url = inject('mysqlUrl');
const { controlUrl, servers } = inject('vitess');
const TRANSACTIONS = 1_040;
const AT_ONCE = 8;
const BETWEEN_KILLS_MS = 500;
const SHARDS = ['-80', '80-'];

afterAll(() => emptyShards(url));

type Kills = ReadonlyMap<string, number>;

/** Kills one server after another until the returned function is called, which resolves with how often each was. */
function startKilling(): () => Promise<Kills> {
  const kills = new Map<string, number>();
  const over = new AbortController();
  const killing = (async () => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const server = servers[turn % servers.length]!;
      const { status } = await fetch(`${controlUrl}/${server}`, { method: 'POST' });
      expect(status).toBe(200);
      kills.set(server, (kills.get(server) ?? 0) + 1);
      await delay(BETWEEN_KILLS_MS);
    }
  })();
  return async () => {
    over.abort();
    await killing;
    return kills;
  };
}

/** One attempt: whether the transaction is known to be committed, now or by an attempt before. */
async function attempt(name: string, index: number): Promise<boolean> {
  const shards = { sales: SHARDS[index % 2]!, accounts: SHARDS[(index >>> 1) % 2]! };
  let connection: Connection | null = null;
  try {
    connection = await connectToVtgate(url);
    await writeToBoth(connection, name, shards);
    await connection.query('commit');
    return true;
  } catch (error) {
    if (isDuplicate(error, 'PRIMARY')) return true;
    if (mysqlFault(error) instanceof Unavailable) return false;
    throw error;
  } finally {
    connection?.destroy();
  }
}

/** Transactions over two shards whose outcome is still open on one of them. */
async function countUnresolved(): Promise<number> {
  const states = 'select dtid from _vt.dt_state union all select dtid from _vt.redo_state';
  const found = await Promise.all(['sales', 'accounts'].map((keyspace) => readShards(keyspace, states)));
  return found.flat().length;
}

it('no transaction is half after a vtgate and vttablets were killed during a thousand', async () => {
  const names = Array.from({ length: TRANSACTIONS }, (_, index) => `name ${index}`);
  let failures = 0;
  const stopKilling = startKilling();
  await forEachAtOnce(AT_ONCE, names, async (name) => {
    while (!(await attempt(name, names.indexOf(name)))) {
      failures += 1;
      await delay(100 * Math.random());
    }
  });
  const kills = await stopKilling();
  const healingAt = performance.now();
  await eventually(async () => expect(await countUnresolved()).toBe(0));
  const resolvedMs = performance.now() - healingAt;
  const everywhere = names.toSorted();
  expect(await readNames()).toEqual({ sales: everywhere, accounts: everywhere });
  expect(kills.size).toBe(servers.length);
  await writeSection('2-kills', describeKills(kills, failures, resolvedMs));
});

function describeKills(kills: Kills, failures: number, resolvedMs: number): string {
  const total = [...kills.values()].reduce((sum, count) => sum + count, 0);
  return [
    '## Kills during transactions over two shards',
    '',
    `${TRANSACTIONS} transactions that write to a shard of \`sales\` and to one of \`accounts\`, ${AT_ONCE} at a time, ` +
      `while ${total} times a server was killed with SIGKILL and started again: ` +
      `${[...kills].map(([name, count]) => `${name} ${count}`).join(', ')}.`,
    '',
    '| what | count |',
    '| --- | --- |',
    '| half transactions | 0 |',
    `| whole transactions after their retries | ${TRANSACTIONS} |`,
    `| attempts without an answer, which were repeated | ${failures} |`,
    `| nothing unresolved after the last answer within | ${(resolvedMs / 1_000).toFixed(1)} s |`,
  ].join('\n');
}
