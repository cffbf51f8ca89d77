// `pnpm rehearse <policy> --fans N --seats N`: predicts when a sale is sold out, how long its fans wait and what it is limited
// by; then plays a part of it on this machine, and compares. Exit status 1 where a prediction is off by more than a fifth.
import { availableParallelism } from 'node:os';
import { describeMachine } from '../../bench/harness/describe-machine.ts';
import { printColumns, verdict } from '../../bench/harness/result-table.ts';
import { type Comparison, OFF_MAX, compare, timeOf } from './compare.ts';
import { type Measured, measureCosts } from './measure-costs.ts';
import { type Options, Stop, readOptions } from './options.ts';
import { PLAY_MAX_MS, playSale } from './play-sale.ts';
import { type Plan, scalePlan, shareToPlay } from './plan.ts';
import { type Prediction, figuresOf, predict } from './predict.ts';
import { openStage } from './stage.ts';
import { wallsOf } from './walls.ts';

/** A played sale is quickened to be predicted to last no longer. */
const PLAYED_MS = 0.6 * PLAY_MAX_MS;
const SEED = 7;

try {
  const options = readOptions(process.argv.slice(2));
  process.exitCode = (await rehearse(options)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(`rehearse: ${error.message}`);
  process.exitCode = 2;
}

/** Whether every prediction was met. */
async function rehearse(options: Options): Promise<boolean> {
  const stage = await openStage();
  // Ctrl-C ends what was started, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stage.close().finally(() => process.exit(130)));
  try {
    console.log(describeMachine(null, stage.installation.services).join('\n'));
    const measured = await measureCosts(stage);
    printPlanned(options, measured);
    const { plan, speed } = playablePlan(options.plan);
    const share = `${plan.fans} of ${options.plan.fans} fans for ${plan.seats} seats, ${plan.policy.admission.batchSize} admissions in each window`;
    console.log(`\nPlayed here: ${share}, ${speed.toFixed(1)} times as fast`);
    const predicted = predict(plan, { salesPerSecond: measured.salesPerSecond });
    const played = await playSale(stage, plan, SEED);
    const violations = await stage.installation.findViolations();
    const rows = compare(predicted, figuresOf(played));
    printComparison(rows);
    if (Object.keys(violations).length > 0) console.error('violated:', violations);
    return rows.every(({ isMet }) => isMet !== false) && Object.keys(violations).length === 0;
  } finally {
    await stage.close();
  }
}

/** The part of a plan that this machine plays, as fast as it must be to end in time. */
function playablePlan(plan: Plan): { readonly plan: Plan; readonly speed: number } {
  const share = shareToPlay(plan);
  const smaller = scalePlan(plan, { share, speed: 1 });
  const { soldOutAt, waitP90 } = predict(smaller, { salesPerSecond: null });
  const lasts = soldOutAt ?? (waitP90 ?? 0) + plan.pace.chooseMs + plan.pace.payMs + plan.pace.arriveMs;
  const speed = Math.max(1, lasts / PLAYED_MS);
  return { plan: scalePlan(plan, { share, speed }), speed };
}

function printPlanned({ policyName, plan, ...given }: Options, { costs, salesPerSecond }: Measured): void {
  const machines = {
    httpCores: given.httpCores ?? availableParallelism(),
    salesPerSecond: given.salesPerSecond ?? salesPerSecond,
  };
  const { http, redis } = costs;
  console.log(
    `\nMeasured here: HTTP: a join ${micros(http.join)}, a poll ${micros(http.poll)}, a sale ${micros(http.sale)}`,
  );
  console.log(`               Redis: a join ${micros(redis.join)}, a sale ${micros(redis.sale)}`);
  console.log(`               MySQL: ${salesPerSecond.toFixed(0)} sales/s`);
  const prediction = predict(plan, machines);
  console.log(`\n${plan.fans} fans for ${plan.seats} seats, policy ${policyName}:`);
  printPrediction(prediction);
  console.log('\nThe walls, the first one first:');
  printColumns([
    ['resource', 'the busiest second needs', 'use'],
    ...wallsOf(prediction, costs, machines).map(({ resource, needs, use }) => [
      resource,
      needs,
      `${(use * 100).toFixed(0)} %`,
    ]),
  ]);
}

function printPrediction({
  mostSoldAt,
  soldOutAt,
  isEndUncertain,
  soldSeats,
  waitMedian,
  waitP90,
  joins,
  polls,
  sales,
}: Prediction): void {
  printColumns([
    ['figure', 'predicted'],
    ['nine in ten seats sold after', timeOf(mostSoldAt)],
    ['sold out after', timeOf(soldOutAt) + (isEndUncertain ? ', more or less by chance' : '')],
    ['seats sold', String(soldSeats)],
    ['median wait', timeOf(waitMedian)],
    ['wait of nine in ten', timeOf(waitP90)],
    ['joins in the busiest second', joins.perSecondMax.toFixed(0)],
    ['polls in the busiest second', polls.perSecondMax.toFixed(0)],
    ['sales in the busiest second', sales.perSecondMax.toFixed(0)],
  ]);
}

function printComparison(rows: readonly Comparison[]): void {
  printColumns([
    ['figure', 'predicted', 'played', 'played ÷ predicted', `off by at most ${OFF_MAX * 100} %`],
    ...rows.map(({ what, predicted, played, ratio, isMet }) => [
      what,
      predicted,
      played,
      ratio === null ? '—' : ratio.toFixed(2),
      isMet === null ? 'left to chance' : verdict(isMet),
    ]),
  ]);
}

function micros(cost: number): string {
  return `${cost.toFixed(0)} µs`;
}
