import { setTimeout as delay } from 'node:timers/promises';
import { withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { expect, inject, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { AT_ONCE, createHolds, insist } from './insist-on-payments.ts';
import { writeSection } from './report/section.ts';
import { readShards } from './two-shards.ts';

const fixture = useSaleFixture(() => openRealEnvironment());
const { controlUrl, servers } = inject('vitess');
const PAYMENTS = 1_040;
const CONCERTS = 8;
const PAUSE_MS = 300;
const BETWEEN_KILLS_MS = 500;

/** Kills one server after another until the returned function is called, which resolves with how often each was. */
function startKilling(): () => Promise<ReadonlyMap<string, number>> {
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

/** Transactions over several shards whose outcome is still open on one of them. */
async function countUnresolved(): Promise<number> {
  const states = 'select dtid from _vt.dt_state union all select dtid from _vt.redo_state';
  const found = await Promise.all(['sales', 'accounts'].map((keyspace) => readShards(keyspace, states)));
  return found.flat().length;
}

it('no payment is half after a vtgate and vttablets were killed during a thousand payments', async () => {
  const holds = await createHolds(fixture(), { seatCount: PAYMENTS / CONCERTS, concertCount: CONCERTS });
  let failures = 0;
  let slowestMs = 0;
  const stopKilling = startKilling();
  const startedAt = performance.now();
  await forEachAtOnce(AT_ONCE, holds, async ({ userId, reservationId }) => {
    await delay(PAUSE_MS * Math.random()); // so that many kills fall into the payments
    const request = fixture().newRequest(userId);
    const sentAt = performance.now();
    const pay = () => fixture().app.payReservation({ userId, reservationId, request });
    await insist(pay, () => (failures += 1));
    slowestMs = Math.max(slowestMs, performance.now() - sentAt);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const kills = await stopKilling();

  const healingAt = performance.now();
  await eventually(async () => expect(await countUnresolved()).toBe(0));
  const resolvedMs = performance.now() - healingAt;
  const paid = await readShards('sales', 'select id from payment');
  expect(paid).toHaveLength(PAYMENTS);
  const options = { url: inject('mysqlUrl'), settlesMs: 0 };
  expect(await withMysqlAudit(options, (books) => books.findViolations())).toEqual({});
  expect(await readShards('accounts', 'select user_id from wallet where balance <> 0')).toEqual([]);

  await writeSection('2-kills', describeKills({ kills, failures, slowestMs, resolvedMs, seconds }));
  expect(kills.size).toBe(servers.length);
});

type Outcome = {
  readonly kills: ReadonlyMap<string, number>;
  readonly failures: number;
  readonly slowestMs: number;
  readonly resolvedMs: number;
  readonly seconds: number;
};

function describeKills({ kills, failures, slowestMs, resolvedMs, seconds }: Outcome): string {
  const total = [...kills.values()].reduce((sum, count) => sum + count, 0);
  return [
    '## Kills during payments',
    '',
    `${PAYMENTS} payments, ${AT_ONCE} at a time, in ${seconds.toFixed(0)} s, while ${total} times a server was killed with SIGKILL ` +
      `and started again: ${[...kills].map(([name, count]) => `${name} ${count}`).join(', ')}.`,
    '',
    '| what | count |',
    '| --- | --- |',
    '| half payments | 0 |',
    '| doubled payments | 0 |',
    `| payments that are whole after their retries | ${PAYMENTS} |`,
    `| attempts without an answer, tried again with the same key | ${failures} |`,
    `| slowest answer with its retries | ${(slowestMs / 1_000).toFixed(1)} s |`,
    `| nothing unresolved after the last payment within | ${(resolvedMs / 1_000).toFixed(1)} s |`,
  ].join('\n');
}
