import { KINDS } from './records.ts';
import type { TortureResult } from './run-torture.ts';

/** How often each thing occurs that must not occur at all. */
export function countFailures(result: TortureResult): Record<string, number> {
  const complaints: Record<string, number> = {};
  for (const { rule } of result.records.complaints) complaints[rule] = (complaints[rule] ?? 0) + 1;
  const { 'nobody is admitted before somebody who waits ahead': inversions = 0, ...others } = complaints;
  const seats = result.violations['a seat has at most one live hold or sale'];
  const broken = Object.entries(result.violations).map(([rule, { count }]) => [`audit: ${rule}`, count]);
  return {
    'acknowledged writes lost': result.lost.filter(({ kind }) => kind !== 'leave').length,
    'acknowledged leaves lost': result.lost.filter(({ kind }) => kind === 'leave').length,
    'double charges': result.doubleCharges.length,
    'oversold seats': seats?.count ?? 0,
    'places admitted before somebody who waits ahead': inversions,
    '5xx other than 503': result.defects.length,
    'outcomes that were never known': result.records.unresolved.length,
    ...Object.fromEntries(broken),
    ...others,
  };
}

const EXAMPLES_MAX = 5;

/** In Markdown. */
export function describeTorture(
  result: TortureResult,
  { command, machine, date }: { command: string; machine: readonly string[]; date: string },
): string {
  const { records, counts, recoveries } = result;
  const acknowledged = [...KINDS, 'cancel date' as const]
    .map((kind) => [kind, records.acknowledgements.filter((each) => each.kind === kind).length] as const)
    .filter(([, count]) => count > 0);
  const longest = Math.max(0, ...[...recoveries.values()].map(({ ms }) => ms));
  return [
    `# Torture of ${date}`,
    '',
    `\`${command}\`, seed ${result.seed}, ${result.seconds} s of faults.`,
    '',
    ...machine.map((line) => `- ${line}`),
    '- two HTTP processes, two workers, a proxy between each process and each server, all on loopback',
    '',
    '## What must not occur',
    '',
    ...table(['what', 'count'], Object.entries(countFailures(result))),
    '',
    `The longest recovery took ${seconds(longest)}.`,
    '',
    ...examples(result),
    '## Recovery',
    '',
    'The longest time from the end of a mix of faults to the next success of each kind. A process that was killed starts',
    'again in that time.',
    '',
    ...table(
      ['kind', 'time', 'after'],
      [...recoveries].map(([kind, { ms, after }]) => [kind, seconds(ms), after]),
    ),
    '',
    '## Faults',
    '',
    ...table(['fault', 'times'], Object.entries(result.faults)),
    '',
    ...result.failedFaults.map((line) => `- not brought about: ${line}`),
    '',
    '## Load',
    '',
    `${counts.fans} fans, ${counts.dates} dates, ${counts.placesAdmitted} places admitted. The room was read and audited ` +
      `${counts.roomReadings} times.`,
    '',
    ...table(['acknowledged', 'count'], acknowledged),
    '',
    ...table(
      ['request', 'outcome', 'count'],
      Object.entries(records.outcomes).flatMap(([kind, outcomes]) =>
        Object.entries(outcomes).map(([outcome, count]) => [kind, outcome, count]),
      ),
    ),
    '',
    ...table(
      ['request', 'slowest answer', 'longest time without a success'],
      Object.entries(records.slowestMs).map(([kind, ms]) => [
        kind,
        seconds(ms),
        seconds(records.longestGapMs[kind] ?? 0),
      ]),
    ),
    '',
  ].join('\n');
}

function examples({ lost, doubleCharges, defects, records, violations }: TortureResult): string[] {
  const found = [
    ...lost.slice(0, EXAMPLES_MAX).map((what) => `lost: ${JSON.stringify(what)}`),
    ...doubleCharges.slice(0, EXAMPLES_MAX).map((what) => `charged twice: ${what}`),
    ...defects.slice(0, EXAMPLES_MAX),
    ...records.unresolved.slice(0, EXAMPLES_MAX).map((what) => `never known: ${what}`),
    ...Object.entries(violations).map(([rule, { rows }]) => `audit: ${rule}: ${JSON.stringify(rows[0])}`),
    ...Object.values(Object.groupBy(records.complaints, ({ rule }) => rule)).flatMap((complaints) =>
      (complaints ?? []).slice(0, EXAMPLES_MAX).map(({ rule, what }) => `${rule}: ${what}`),
    ),
  ];
  if (found.length === 0) return [];
  return ['Examples:', '', '```', ...found, '```', ''];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
