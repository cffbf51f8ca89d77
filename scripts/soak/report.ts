import type { Load } from './load.ts';
import { HEAP, type Series, type Unit } from './sampler.ts';
import { type Trend, trendOf } from './trend.ts';

export type SoakResult = {
  readonly minutes: number;
  readonly saturatedUsersPerSecond: number;
  readonly offeredUsersPerSecond: number;
  readonly users: number;
  readonly ends: Load['ends'];
  readonly series: Series;
  readonly violations: Readonly<Record<string, unknown>>;
};

/** What a series may rise by in the half that is judged: noise of a collector, of sessions and of halls. */
const TOLERANCES: Readonly<Record<Unit, number>> = { MiB: 8, ms: 20, keys: 30, rows: Infinity };
/** A collected heap has little noise. */
const HEAP_TOLERANCE_MIB = 3;

/** These tables grow with the users, and keep their rows for a day or longer; they are not judged. */
export function trendsOf(series: Series): Map<string, Trend & { readonly unit: Unit }> {
  return new Map(
    [...series].map(([name, { unit, points }]) => {
      const tolerance = name.endsWith(HEAP) ? HEAP_TOLERANCE_MIB : TOLERANCES[unit];
      return [name, { unit, ...trendOf(points, tolerance) }];
    }),
  );
}

/** In Markdown. */
export function describeSoak(
  result: SoakResult,
  { command, machine, date }: { command: string; machine: readonly string[]; date: string },
): string {
  const trends = [...trendsOf(result.series)];
  const judged = trends.filter(([, { unit }]) => unit !== 'rows');
  const rising = judged.filter(([, { isFlat }]) => isFlat === false).map(([name]) => name);
  const isJudged = judged.some(([, { isFlat }]) => isFlat !== null);
  const { users, ends } = result;
  return [
    `# Soak of ${date}`,
    '',
    `\`${command}\``,
    '',
    ...machine.map((line) => `- ${line}`),
    '- two HTTP processes, two workers and the load, all on this machine',
    '',
    `At most ${result.saturatedUsersPerSecond.toFixed(1)} new users a second complete a journey here. Half of that, ` +
      `${result.offeredUsersPerSecond.toFixed(1)} new users a second, came for ${result.minutes} minutes: ${users} users. ` +
      'A new concert opens every minute and closes after two and a half.',
    '',
    verdictOf(rising, isJudged),
    '',
    `The audit found ${Object.keys(result.violations).length} broken rules. Ends of journeys: ` +
      `${Object.entries(ends)
        .map(([end, count]) => `${end} ${count}`)
        .join(', ')}.`,
    '',
    '## Memory, keys and delays',
    '',
    'The slope is that of the second half of the run. A series is flat if it rises in that half by less than a twentieth of',
    'its mean, or by less than 8 MiB (3 MiB for a heap), 30 keys or 20 ms. Every process collects its garbage before each',
    'sample.',
    '',
    '| what | first | last | slope | flat |',
    '| --- | --: | --: | --: | --- |',
    ...judged.map(
      ([name, { first, last, perHour, unit, isFlat }]) =>
        `| ${name} | ${figure(first)} | ${figure(last)} | ${figure(perHour)} ${unit}/h | ${answer(isFlat)} |`,
    ),
    '',
    '## Tables',
    '',
    'Rows of users and of what they bought stay. Idempotency keys, the outbox and ended places are purged after a day or more,',
    'so they grow here as well; what counts is how many rows a user adds.',
    '',
    '| table | first | last | rows per user |',
    '| --- | --: | --: | --: |',
    ...trends
      .filter(([, { unit }]) => unit === 'rows')
      .map(([name, { first, last }]) => {
        const perUser = users === 0 ? 0 : (last - first) / users;
        return `| ${name.replace('MySQL: ', '')} | ${first} | ${last} | ${perUser.toFixed(3)} |`;
      }),
    '',
  ].join('\n');
}

function verdictOf(rising: readonly string[], isJudged: boolean): string {
  if (!isJudged) return 'Too short to judge the slopes: that takes ten minutes.';
  if (rising.length === 0) return '**Flat**: nothing grows without an end.';
  return `**Not flat**: ${rising.join('; ')}.`;
}

function answer(isFlat: boolean | null): string {
  if (isFlat === null) return '—';
  return isFlat ? 'yes' : 'NO';
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}
