import { type ActResult, type HaResult, OUTAGE_MAX_MS } from './run-ha.ts';
import type { RestoreResult } from './run-restore.ts';

export type Heading = {
  readonly command: string;
  readonly machine: readonly string[];
  readonly date: string;
};

type Checked = { readonly failures: Readonly<Record<string, number>> };

export function hasMissed({ failures }: Checked): boolean {
  return Object.values(failures).some((count) => count > 0);
}

/** In Markdown. */
export function describeHa({ acts, records, fans }: HaResult, heading: Heading): string {
  const acknowledged = acts.reduce((sum, act) => sum + act.acknowledged, 0);
  return [
    ...opening('Replicated MySQL', heading, acts),
    `${fans} fans charge, hold and pay; ${acknowledged} writes were acknowledged. A fan repeats a request without an`,
    'answer, or with 503, with the same key. After each act every member is audited, and every acknowledged write of the',
    'run is looked for on every member. A read is stale if a fan does not see the effect of their own acknowledged write.',
    '',
    '## Acts',
    '',
    ...table(
      ['act', 'longest time without writes', 'acknowledged writes'],
      acts.map(({ act, outageMs, acknowledged: writes }) => [act.title, seconds(outageMs), writes]),
    ),
    '',
    `The goal is at most ${seconds(OUTAGE_MAX_MS)}. Where two members are lost, nobody can write: the time counts from when`,
    'the group agrees again, or its servers are started again.',
    '',
    ...acts.map(({ act, events }) => `- ${act.name}: ${events.join('; ')}.`),
    '',
    '## What must not occur',
    '',
    ...table(['what', ...acts.map(({ act }) => act.name)], failureRows(acts)),
    '',
    ...examples(acts.flatMap((act) => act.examples.map((example) => `${act.act.name}: ${example}`))),
    '## Answers',
    '',
    ...table(
      ['request', 'outcome', 'count'],
      Object.entries(records.outcomes).flatMap(([kind, outcomes]) =>
        Object.entries(outcomes).map(([outcome, count]) => [REQUESTS[kind] ?? kind, outcome, count]),
      ),
    ),
    '',
  ].join('\n');
}

/** In Markdown. */
export function describeRestore(result: RestoreResult, heading: Heading): string {
  const { writes, tables } = result;
  return [
    ...opening('A restore up to a moment', heading, [result]),
    'Fans charge, hold and pay while a secondary is backed up (`clone local data directory`) and its binary logs are copied',
    '(`mysqlbinlog --raw --stop-never`). Later everything stands still for a second, which is the moment. After it they go',
    'on; somebody deletes the ledger, and every server is lost. A new server starts with the backup and gets the binary logs',
    `up to the moment. Each of its ${tables} tables is compared with that of the moment.`,
    '',
    ...table(
      ['what', 'value'],
      [
        ['writes acknowledged before the backup', writes.beforeBackup],
        ['writes acknowledged from the backup to the moment', writes.untilMoment],
        ['writes acknowledged after the moment', writes.afterMoment],
        ['time of the backup', seconds(result.backupMs)],
        ['time of the restore, without the copy to another machine', seconds(result.restoreMs)],
      ],
    ),
    '',
    '## What must not occur',
    '',
    ...table(['what', 'count'], Object.entries(result.failures)),
    '',
    ...examples(result.examples),
  ].join('\n');
}

function opening(title: string, { command, machine, date }: Heading, checked: readonly Checked[]): string[] {
  return [
    `# ${title}, ${date}`,
    '',
    `\`${command}\``,
    '',
    ...machine.map((line) => `- ${line}`),
    '- two HTTP processes and two workers; everything on loopback',
    '',
    checked.some(hasMissed) ? '**A goal is missed.**' : 'Every goal is met.',
    '',
  ];
}

const REQUESTS: Readonly<Record<string, string>> = { tickets: 'read of a wallet or reservation' };

function failureRows(acts: readonly ActResult[]): (readonly (string | number)[])[] {
  const names = Object.keys(acts[0]?.failures ?? {});
  return names.map((name) => [name, ...acts.map(({ failures }) => failures[name] ?? 0)]);
}

function examples(found: readonly string[]): string[] {
  return found.length === 0 ? [] : ['Examples:', '', '```', ...found, '```', ''];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
