import { inject } from 'vitest';

type Variables = { readonly QueryCounts: Readonly<Record<string, number>> };

/**
 * The shards of `sales` and `accounts`, as in "sales/-80", that have run a statement on a table while `work` ran. Not of
 * `staff`: a process asks it once in a while which webhooks are wanted.
 */
export async function shardsTouchedBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = await countStatements();
  await work();
  const after = await countStatements();
  return [...after].filter(([shard, count]) => count > (before.get(shard) ?? 0)).map(([shard]) => shard);
}

async function countStatements(): Promise<ReadonlyMap<string, number>> {
  const shards = inject('vitess').shards.filter(({ keyspace }) => keyspace !== 'staff');
  const counts = shards.map(async ({ keyspace, name, vttabletUrl }) => {
    const { QueryCounts } = (await (await fetch(`${vttabletUrl}/debug/vars`)).json()) as Variables;
    // Each key is "<table>.<kind of statement>"; "dual" has no rows.
    const ofTables = Object.entries(QueryCounts).filter(([key]) => !key.startsWith('dual.'));
    const count = ofTables.reduce((sum, [, each]) => sum + each, 0);
    return [`${keyspace}/${name}`, count] as const;
  });
  return new Map(await Promise.all(counts));
}
