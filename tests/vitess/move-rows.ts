import { type RowDataPacket, createConnection } from 'mysql2/promise';
import { waitUntil } from '../support/services/wait-until.ts';
import type { Shard } from './cluster/shard.ts';
import type { Vitess } from './cluster/start-vitess.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';

const WITHIN_MS = 120_000;
const COMPARED_WITHIN_MS = 20_000;
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
  for (const shard of servingShards(shards)) await numberMessagesFrom(urlOf(shard), next + 1);
}

/** Those to which the installation moves. */
function servingShards(shards: readonly Shard[]): readonly Shard[] {
  return shards.filter(({ keyspace }) => keyspace !== 'frontrow');
}

function urlOf({ keyspace, primary }: Shard): string {
  return `${primary.mysql.url}/vt_${keyspace}`;
}

async function readNumber(url: string, query: string): Promise<number> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(query);
    return Number(Object.values(rows[0]!)[0]);
  } finally {
    connection.destroy();
  }
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

/** Webhooks have the numbers of their messages, which must go on growing. */
async function numberMessagesFrom(url: string, next: number): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(`alter table outbox auto_increment = ${next}`);
  } finally {
    connection.destroy();
  }
}

type Vtctl = Vitess['vtctl'];

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

type Stream = { readonly state: string; readonly message: string };

async function awaitCopied(vtctl: Vtctl, keyspace: string, workflow: string): Promise<void> {
  await waitUntil(async () => {
    const streams = await readStreams(vtctl, keyspace, workflow);
    const waiting = streams.filter(({ state }) => state !== 'Running');
    if (streams.length === 0 || waiting.length > 0) throw new Error(`not copied: ${JSON.stringify(waiting)}`);
  }, WITHIN_MS);
}

async function readStreams(vtctl: Vtctl, keyspace: string, workflow: string): Promise<readonly Stream[]> {
  const shown = await vtctl('Workflow', `--keyspace=${keyspace}`, 'show', `--workflow=${workflow}`);
  const { workflows } = JSON.parse(shown) as {
    workflows: { shard_streams: Record<string, { streams: Stream[] }> }[];
  };
  return workflows.flatMap(({ shard_streams: shards }) =>
    Object.values(shards).flatMap(({ streams }) => streams),
  );
}

/** Fails where a row is missing, different or too much. A comparison that does not end begins again. */
async function compareRows(vtctl: Vtctl, keyspace: string, workflow: string): Promise<void> {
  const vdiff = ['VDiff', '--format=json', `--workflow=${workflow}`, `--target-keyspace=${keyspace}`];
  const show = async () =>
    JSON.parse(await vtctl(...vdiff, 'show', 'last')) as { State: string; HasMismatch: boolean };
  const compare = async (withinMs: number) => {
    await vtctl(...vdiff, 'create', '--tablet-types=PRIMARY');
    await waitUntil(async () => {
      const { State: state } = await show();
      if (state !== 'completed') throw new Error(`VDiff of ${keyspace} is ${state}`);
    }, withinMs);
  };
  await compare(COMPARED_WITHIN_MS).catch(() => compare(WITHIN_MS));
  if ((await show()).HasMismatch) throw new Error(`VDiff of ${keyspace} finds other rows`);
}
