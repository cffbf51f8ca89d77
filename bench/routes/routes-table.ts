import { type Cost, isSteady, ratioTo } from '../harness/compare-workloads.ts';
import { median } from '../harness/statistics.ts';
import { printColumns, verdict } from '../harness/result-table.ts';
import type { Measured } from './measure-route.ts';

const HEAD = [
  'route',
  'CPU µs',
  'of bare',
  'of guarded',
  'KiB',
  'GC',
  'rate/s',
  'core',
  'p50 ms',
  'p99 ms',
  'max ms',
];

/** Below this share of the requested rate the server fell behind, and the latencies are those of a growing queue. */
const KEEPING_UP_SHARE = 0.9;

/** Prints one line per route, and a legend. */
export function printRoutes(measured: readonly Measured[]): void {
  printColumns([HEAD, ...measured.map(lineOf)]);
  console.log(
    [
      '',
      'CPU µs: CPU time of the server per request; access tokens are verified before, except those of new users. of bare,',
      'of guarded: the baseline’s CPU time over the route’s, the goal and its verdict; ~ if the rounds of the baseline differ',
      'by more than a third. KiB: allocated on the heap per request. GC: pauses of the garbage collector as a share of the',
      'CPU time. rate/s: with 64 busy connections. core: use of the server’s core at that rate; the rest is waiting for',
      'MySQL, Redis or the load generator. p50, p99, max: latencies at fixed arrivals of half that rate, from the moment',
      'when a request was due.',
    ].join('\n'),
  );
}

function lineOf({ route, subject, bare, guarded, latencies, ratePerSecond }: Measured): readonly string[] {
  const { p50Ms, p99Ms, maxMs, achievedPerSecond } = latencies;
  const isKeepingUp = achievedPerSecond >= KEEPING_UP_SHARE * ratePerSecond;
  const rate = median(subject.perSecond);
  const cpu = median(subject.cpuMicros);
  return [
    route.name,
    cpu.toFixed(1),
    ratioCell(subject, bare, route.goals?.bare),
    ratioCell(subject, guarded, route.goals?.guarded),
    (median(subject.allocatedBytes) / 1024).toFixed(1),
    `${((100 * sum(subject.gcMicros)) / sum(subject.cpuMicros)).toFixed(1)} %`,
    rate.toFixed(0),
    `${((rate * cpu) / 1e4).toFixed(0)} %`,
    p50Ms.toFixed(2),
    p99Ms.toFixed(2),
    isKeepingUp ? maxMs.toFixed(1) : `${maxMs.toFixed(1)} (behind)`,
  ];
}

function ratioCell(subject: Cost, baseline: Cost, goal: number | undefined): string {
  const ratio = ratioTo(baseline, subject);
  const shown = `${isSteady(baseline) ? '' : '~'}${ratio.toFixed(2)}`;
  if (goal === undefined) return shown;
  return `${shown} ≥ ${goal} ${verdict(isSteady(baseline) ? ratio >= goal : null)}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
