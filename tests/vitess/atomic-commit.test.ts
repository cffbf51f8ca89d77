import { type RowDataPacket, createConnection } from 'mysql2/promise';
import { expect, inject, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { ShardFacts } from './global-setup.ts';
import { interruptCommit, killWriters } from './interrupt-commit.ts';

const { shards, bestEffortUrl, controlUrl } = inject('vitess');

/**
 * Inserts a queue end into a shard of `sales` and a wallet into a shard of `accounts`, in one transaction that is
 * interrupted in its commit.
 */
async function writeToBoth(url: string, name: string, interrupt: () => Promise<unknown>): Promise<void> {
  const connection = await createConnection({
    uri: url.replace('vitess:', 'mysql:'),
    multipleStatements: true,
  });
  connection.on('error', () => undefined);
  try {
    await eventually(() => connection.query('use `accounts:-80`; select 1')); // served again
    await connection.query('begin');
    await connection.query('use `sales:-80`');
    await connection.query(`insert into queue_end values (?, ?, 1, 'LEFT', now(3))`, [name, name]);
    await connection.query('use `accounts:-80`');
    await connection.query('insert into wallet values (?, 0, 0)', [name]);
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

/** The keyspaces in which a row of `writeToBoth` is. */
async function keyspacesWith(name: string): Promise<readonly string[]> {
  const rows = await Promise.all([
    find(shardOf('sales'), 'select user_id from queue_end where user_id = ?', name),
    find(shardOf('accounts'), 'select user_id from wallet where user_id = ?', name),
  ]);
  return ['sales', 'accounts'].filter((_, index) => rows[index]!.length > 0);
}

async function find({ primaryUrl }: ShardFacts, query: string, name: string): Promise<RowDataPacket[]> {
  const connection = await createConnection({ uri: primaryUrl });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(query, [name]);
    return rows;
  } finally {
    connection.destroy();
  }
}

async function restartAccounts(): Promise<void> {
  const answer = await fetch(`${controlUrl}/accounts--80`, { method: 'POST' });
  expect(answer.status).toBe(200);
}

it('a commit in two phases is on both shards or on none when the second tablet is killed', async () => {
  await writeToBoth(inject('mysqlUrl'), 'killed tablet', restartAccounts);
  await eventually(async () => expect([0, 2]).toContain((await keyspacesWith('killed tablet')).length));
});

it('a commit in two phases whose second connection is killed is whole when the tablet has started again', async () => {
  await writeToBoth(inject('mysqlUrl'), 'killed connection', () => killWriters(shardOf('accounts')));
  await restartAccounts();
  await eventually(async () => expect([0, 2]).toContain((await keyspacesWith('killed connection')).length));
});

it('a commit on one shard after the other stays half when the second connection is killed', async () => {
  await writeToBoth(bestEffortUrl, 'best effort', () => killWriters(shardOf('accounts')));
  await restartAccounts();
  expect(await keyspacesWith('best effort')).toEqual(['sales']);
});
