import { setTimeout as delay } from 'node:timers/promises';
import { auditBooks } from '@frontrow/worker/audit/audit-books.ts';
import { createConnection } from 'mysql2/promise';
import { findLostWrites } from '../torture/find-lost-writes.ts';
import { createRandom } from '../torture/random.ts';
import { type Records, createRecords } from '../torture/records.ts';
import type { Act } from './act.ts';
import { DATABASE, type HaInstallation, KEY_PREFIX, openHaInstallation } from './installation.ts';
import { type Load, startLoad } from './load.ts';
import type { Member } from './mysql-group.ts';

export type ActResult = {
  readonly act: Act;
  readonly events: readonly string[];
  /** The longest time without an acknowledged write from when a recovery is due, in ms. */
  readonly outageMs: number;
  readonly acknowledged: number;
  /** What must not occur, with its number. */
  readonly failures: Readonly<Record<string, number>>;
  readonly examples: readonly string[];
};

export type HaResult = {
  readonly acts: readonly ActResult[];
  readonly services: Readonly<Record<string, string>>;
  readonly records: Records;
  readonly fans: number;
};

export type HaOptions = {
  readonly acts: readonly Act[];
  readonly seed: number;
  readonly log: (line: string) => void;
};

export const OUTAGE_MAX_MS = 10_000;
/** The load runs for this time before and after each act. */
const LOAD_ALONE_MS = 3_000;
const EXAMPLES_MAX = 5;
const DEFECT = /^.*"msg":"request failed".*$/gm;

/** Plays the acts one after the other on one installation under load. */
export async function runHa({ acts, seed, log }: HaOptions): Promise<HaResult> {
  const random = createRandom(seed);
  const records = createRecords();
  const installation = await openHaInstallation();
  try {
    const load = await startLoad({ client: installation.client, records, random });
    const results: ActResult[] = [];
    for (const act of acts) {
      log(act.title);
      const result = await playAct(act, { installation, load, records });
      results.push(result);
      for (const line of result.events) log(`  ${line}`);
      log(`  ${(result.outageMs / 1_000).toFixed(1)} s without writes; ${result.acknowledged} acknowledged`);
      for (const [what, count] of Object.entries(result.failures)) if (count > 0) log(`  ${what}: ${count}`);
      for (const example of result.examples) log(`  ${example}`);
    }
    return { acts: results, services: installation.services, records, fans: load.fans() };
  } finally {
    await installation.close();
  }
}

type Stage = {
  readonly installation: HaInstallation;
  readonly load: Load;
  readonly records: Records;
};

async function playAct(act: Act, { installation, load, records }: Stage): Promise<ActResult> {
  const before = { ...counts(records, load), defects: defectsOf(installation).length };
  load.resume();
  await delay(LOAD_ALONE_MS);
  let dueAt = performance.now();
  const events = await act.play(installation.group, () => (dueAt = performance.now()));
  await delay(LOAD_ALONE_MS);
  const endedAt = performance.now();
  await load.pause();

  const checks = await checkMembers(installation, records);
  const defects = defectsOf(installation).slice(before.defects);
  const complaints = records.complaints.slice(before.complaints);
  const unresolved = records.unresolved.slice(before.unresolved);
  const outageMs = longestGap(load.acknowledgedAt, dueAt, endedAt);
  const of = (rule: string) => complaints.filter((complaint) => complaint.rule === rule).length;
  return {
    act,
    events,
    outageMs,
    acknowledged: load.acknowledgedAt.length - before.acknowledged,
    failures: {
      ...checks.failures,
      'stale reads': of('no read is stale'),
      'other answers than a fan can expect': complaints.length - of('no read is stale') + defects.length,
      'outcomes that were never known': unresolved.length,
      'more than 10 s without writes': outageMs > OUTAGE_MAX_MS ? 1 : 0,
    },
    examples: [
      ...checks.examples,
      ...complaints.map(({ rule, what }) => `${rule}: ${what}`).slice(0, EXAMPLES_MAX),
      ...defects.slice(0, EXAMPLES_MAX),
      ...unresolved.slice(0, EXAMPLES_MAX),
    ],
  };
}

function counts(records: Records, { acknowledgedAt }: Load) {
  return {
    acknowledged: acknowledgedAt.length,
    complaints: records.complaints.length,
    unresolved: records.unresolved.length,
  };
}

/** Audits every member, once each has what the others have, and looks there for every acknowledged write. */
async function checkMembers({ group, redis }: HaInstallation, records: Records) {
  await group.awaitSame(group.members);
  const failures = {
    'acknowledged writes lost': 0,
    'writes doubled': 0,
    'rules that the audit finds broken': 0,
  };
  const examples: string[] = [];
  for (const member of group.members) {
    const { lost, doubleCharges } = await findLost(member, records);
    failures['acknowledged writes lost'] += lost.length;
    failures['writes doubled'] += doubleCharges.length;
    const mysqlUrl = `${member.server.url}/${DATABASE}`;
    const report = await auditBooks({ mysqlUrl, redisUrl: redis.url, redisKeyPrefix: KEY_PREFIX });
    failures['rules that the audit finds broken'] += Object.keys(report.violations).length;
    examples.push(
      ...lost.slice(0, EXAMPLES_MAX).map((write) => `${member.name} lost ${JSON.stringify(write)}`),
      ...doubleCharges.slice(0, EXAMPLES_MAX).map((charge) => `${member.name} has twice: ${charge}`),
      ...Object.entries(report.violations).map(
        ([rule, { rows }]) => `${member.name}: ${rule}: ${JSON.stringify(rows[0])}`,
      ),
    );
  }
  return { failures, examples };
}

async function findLost({ server }: Member, records: Records) {
  const db = await createConnection({ uri: `${server.url}/${DATABASE}`, timezone: 'Z' });
  try {
    return await findLostWrites(db, records);
  } finally {
    db.destroy();
  }
}

/** The longest time between two of these instants that is not over at `from`; the ends count as instants too. */
export function longestGap(instants: readonly number[], from: number, to: number): number {
  const within = [from, ...instants.filter((at) => at > from && at < to), to];
  return Math.max(...within.slice(1).map((at, index) => at - within[index]!));
}

function defectsOf({ processes }: HaInstallation): readonly string[] {
  return processes.flatMap((process) => process.output().match(DEFECT) ?? []);
}
