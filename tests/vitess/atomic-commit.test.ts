import { afterAll, expect, inject, it } from 'vitest';
import { emptyShards } from '../support/empty-shards.ts';
import { eventually } from '../support/eventually.ts';
import type { ShardFacts } from './global-setup.ts';
import { interruptCommit, killWriters } from './interrupt-commit.ts';
import { connectToVtgate, readNames, writeToBoth } from './two-shards.ts';

const { shards, bestEffortUrl, controlUrl } = inject('vitess');

afterAll(() => emptyShards(inject('mysqlUrl')));

/** Interrupts the commit of a transaction over a shard of `sales` and one of `accounts`. */
async function commitInterrupted(
  url: string,
  name: string,
  interrupt: () => Promise<unknown>,
): Promise<void> {
  const connection = await connectToVtgate(url);
  try {
    await eventually(() => connection.query('use `accounts:-80`; select 1')); // served again
    await writeToBoth(connection, name, { sales: '-80', accounts: '-80' });
    await interruptCommit(() => connection.query('commit'), shardOf('sales'), interrupt);
  } finally {
    connection.destroy();
  }
}

function shardOf(keyspace: string): ShardFacts {
  const found = shards.find((shard) => shard.keyspace === keyspace && shard.name === '-80');
  if (found === undefined) throw new Error(`no shard -80 in ${keyspace}`);
  return found;
}

async function keyspacesWith(name: string): Promise<readonly string[]> {
  const names = Object.entries(await readNames());
  return names.filter(([, found]) => found.includes(name)).map(([keyspace]) => keyspace);
}

async function restartAccounts(): Promise<void> {
  const answer = await fetch(`${controlUrl}/accounts--80`, { method: 'POST' });
  expect(answer.status).toBe(200);
}

it('a commit in two phases is on both shards or on none when the second tablet is killed', async () => {
  await commitInterrupted(inject('mysqlUrl'), 'killed tablet', restartAccounts);
  await eventually(async () => expect([0, 2]).toContain((await keyspacesWith('killed tablet')).length));
});

it('a commit in two phases whose second connection is killed is whole when the tablet has started again', async () => {
  await commitInterrupted(inject('mysqlUrl'), 'killed connection', () => killWriters(shardOf('accounts')));
  await restartAccounts();
  await eventually(async () => expect([0, 2]).toContain((await keyspacesWith('killed connection')).length));
});

it('a commit on one shard after the other stays half when the second connection is killed', async () => {
  await commitInterrupted(bestEffortUrl, 'best effort', () => killWriters(shardOf('accounts')));
  await restartAccounts();
  expect(await keyspacesWith('best effort')).toEqual(['sales']);
});
