import type { Shard } from './cluster/shard.ts';
import type { Vitess } from './cluster/start-vitess.ts';
import { readRows, urlOf, writeTo } from './primaries.ts';
import { awaitCopied, compareRows } from './workflows.ts';

/** More rows than a shard gets before it is switched from or to. */
const APART = 1_000_000_000;
/** The tables whose rows each shard numbers by itself. Those of `accounts` have no rows. */
const NUMBERED = ['outbox', 'reservation_change'];

type Split = { readonly keyspace: string; readonly from: string; readonly to: readonly string[] };

/** A shard that serves, and new ones that have its rows and follow its changes. */
export type PreparedSplit = {
  /** The new ones. */
  readonly shards: readonly Shard[];
  switchTraffic(): Promise<void>;
  /** Leads back to the old shard, which has followed the changes of the new ones. */
  reverseTraffic(): Promise<void>;
  /** Removes the old shard, to which nothing leads back then. */
  complete(): Promise<void>;
};

export async function prepareSplit(
  { vtctl, shards, addShards }: Vitess,
  { keyspace, from, to }: Split,
): Promise<PreparedSplit> {
  const old = shards.find((shard) => shard.keyspace === keyspace && shard.name === from)!;
  const added = await addShards(keyspace, to);
  const reshard = ['Reshard', '--workflow=split', `--target-keyspace=${keyspace}`];
  const ranges = [`--source-shards=${from}`, `--target-shards=${to.join()}`];
  await vtctl(...reshard, 'create', ...ranges, '--skip-schema-copy', '--tablet-types=PRIMARY');
  await awaitCopied(vtctl, keyspace, 'split');
  await compareRows(vtctl, keyspace, 'split');
  return {
    shards: added,
    async switchTraffic() {
      await numberApart(old, added);
      await vtctl(...reshard, 'switchtraffic');
    },
    reverseTraffic: async () => void (await vtctl(...reshard, 'reversetraffic')),
    complete: async () => void (await vtctl(...reshard, 'complete')),
  };
}

/** The new shards number their rows from beyond those of the old one, and none as another. */
async function numberApart(old: Shard, added: readonly Shard[]): Promise<void> {
  for (const table of NUMBERED) {
    const next = await readNextId(urlOf(old), table);
    for (const [index, shard] of added.entries())
      await writeTo(urlOf(shard), `alter table ${table} auto_increment = ${next + (index + 1) * APART}`);
  }
}

async function readNextId(url: string, table: string): Promise<number> {
  const [row] = await readRows(url, `show create table ${table}`);
  const [, next = '1'] = / AUTO_INCREMENT=(\d+)/.exec(String(row!['Create Table'])) ?? [];
  return Number(next);
}
