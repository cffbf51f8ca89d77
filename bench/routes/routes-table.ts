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

/** Below this share of the rate asked for, the latencies are those of a queue that only grows. */
const KEPT_UP = 0.9;

/** One line for each route. */
export function printRoutes(measured: readonly Measured[]): void {
  printColumns([HEAD, ...measured.map(lineOf)]);
  console.log(
    [
      '',
      'CPU µs: of the server, per request; access tokens have been verified before, but those of new users. of bare, of',
      'guarded: the baseline’s CPU over the route’s, the goal and its verdict; ~ where the baseline moved by more than a',
      'third. KiB: allocated on the heap per request. GC: share of the CPU time in which the collector held it up. rate/s:',
      'with 64 connections always busy; core: how busy the server’s core was then, the rest it waited for MySQL, Redis or',
      'the closedLoop. p50, p99, max: at half that rate, at fixed arrivals, from the moment when the request was due.',
    ].join('\n'),
  );
}

function lineOf({ route, subject, bare, guarded, latencies, ratePerSecond }: Measured): readonly string[] {
  const { p50Ms, p99Ms, maxMs, achievedPerSecond } = latencies;
  const keptUp = achievedPerSecond >= KEPT_UP * ratePerSecond;
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
    keptUp ? maxMs.toFixed(1) : `${maxMs.toFixed(1)} (behind)`,
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
