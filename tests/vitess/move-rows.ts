import { waitUntil } from '../support/services/wait-until.ts';
import type { Shard } from './cluster/shard.ts';
import type { Vitess } from './cluster/start-vitess.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';
import { type Vtctl, awaitCopied, compareRows } from './workflows.ts';
import { readNumber, urlOf, writeTo } from './primaries.ts';

const WITHIN_MS = 120_000;
/** A table that each keyspace gets a copy of: nothing in a row says which shard asks for it. */
const KEYS = 'idempotency_key';
/** What staff configure, and messages that no worker has delivered. */
const OF_STAFF = [
  'audit_log',
  'layout_template',
  'outbox',
  'webhook_endpoint',
  'webhook_message',
  'webhook_delivery',
  'webhook_attempt',
];

type Target = { readonly vschema: VSchema; readonly tables: readonly string[] };
type VSchema = { readonly tables: Readonly<Record<string, { readonly type?: string }>> };

/** Which tables go to which keyspace, by the vschema of each. */
function targets(): Readonly<Record<string, Target>> {
  const keyspaces = keyspacesWith(['-80', '80-']);
  return Object.fromEntries(
    Object.entries(keyspaces).map(([name, { vschema }]) => {
      const { tables } = vschema as VSchema;
      const own = Object.keys(tables).filter((table) => tables[table]!.type !== 'reference');
      const moved = own.filter((table) => table !== KEYS && table !== 'outbox');
      return [name, { vschema: vschema as VSchema, tables: name === 'staff' ? OF_STAFF : moved }];
    }),
  );
}

/** Moves every table of the keyspace `frontrow` to those of a sharded installation. `stopProcesses` is called before the switch. */
export async function moveTables(
  { vtctl, shards }: Vitess,
  plainUrl: string,
  stopProcesses: () => Promise<void>,
): Promise<void> {
  for (const [keyspace, { vschema, tables }] of Object.entries(targets())) {
    if (keyspace !== 'staff') await applyVSchema(vtctl, keyspace, withCopiedKeys(vschema));
    const from = ['--source-keyspace=frontrow', '--tablet-types=PRIMARY'];
    await vtctl(...moving(keyspace), 'create', ...from, `--tables=${tables.join()}`);
    const settings = [{ target_table: KEYS, source_expression: `select * from ${KEYS}` }];
    await vtctl(...copying(keyspace), 'create', ...from, `--table-settings=${JSON.stringify(settings)}`);
  }
  for (const keyspace of Object.keys(targets())) {
    await awaitCopied(vtctl, keyspace, 'move');
    await awaitCopied(vtctl, keyspace, 'keys');
    await compareRows(vtctl, keyspace, 'move');
  }
  await stopProcesses();
  await waitUntil(() => checkKeys(plainUrl, shards), WITHIN_MS);
  for (const keyspace of Object.keys(targets())) {
    await vtctl(...moving(keyspace), 'switchtraffic');
    await vtctl('Workflow', `--keyspace=${keyspace}`, 'delete', '--workflow=keys', '--keep-data');
  }
  for (const [keyspace, { vschema }] of Object.entries(targets())) {
    if (keyspace !== 'staff') await applyVSchema(vtctl, keyspace, vschema);
    await vtctl(...moving(keyspace), 'complete', '--keep-data');
  }
  const next = await highestMessage(plainUrl);
  for (const shard of servingShards(shards))
    await writeTo(urlOf(shard), `alter table outbox auto_increment = ${next + 1}`);
}

/** Those to which the installation moves. */
function servingShards(shards: readonly Shard[]): readonly Shard[] {
  return shards.filter(({ keyspace }) => keyspace !== 'frontrow');
}

async function checkKeys(plainUrl: string, shards: readonly Shard[]): Promise<void> {
  const count = `select count(*) from ${KEYS}`;
  const wanted = await readNumber(plainUrl, count);
  for (const shard of servingShards(shards))
    if ((await readNumber(urlOf(shard), count)) !== wanted) throw new Error(`${shard.name} lacks keys`);
}

function highestMessage(url: string): Promise<number> {
  return readNumber(
    url,
    `select greatest((select coalesce(max(id), 0) from outbox), (select coalesce(max(outbox_id), 0) from webhook_message))`,
  );
}

function moving(keyspace: string): readonly string[] {
  return ['MoveTables', '--workflow=move', `--target-keyspace=${keyspace}`];
}

function copying(keyspace: string): readonly string[] {
  return ['Materialize', '--workflow=keys', `--target-keyspace=${keyspace}`];
}

async function applyVSchema(vtctl: Vtctl, keyspace: string, vschema: VSchema): Promise<void> {
  await vtctl('ApplyVSchema', `--vschema=${JSON.stringify(vschema)}`, keyspace);
}

function withCopiedKeys(vschema: VSchema): VSchema {
  return { ...vschema, tables: { ...vschema.tables, [KEYS]: { type: 'reference' } } };
}
