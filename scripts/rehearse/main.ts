// `pnpm rehearse <policy> --fans N --seats N`: predicts when a sale is sold out, how long its fans wait and what it is limited
// by; then plays a part of it on this machine, and compares. Exit status 1 where a prediction is off by more than a fifth, 2
// where there is nothing to compare.
import { availableParallelism } from 'node:os';
import { describeMachine } from '../../bench/harness/describe-machine.ts';
import { compare } from './compare.ts';
import { figuresOf } from './figures.ts';
import { measureCosts } from './measure-costs.ts';
import { type Options, Stop, readOptions } from './options.ts';
import { PLAY_MAX_MS, playSale } from './play-sale.ts';
import { type Plan, scalePlan, shareToPlay, speedMax } from './plan.ts';
import { predict } from './predict.ts';
import {
  describePlayed,
  printComparison,
  printCosts,
  printPrediction,
  printRow,
  printWalls,
} from './report.ts';
import { type Stage, openStage } from './stage.ts';
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
    const salesPerSecond = await predictSale(stage, options);
    return await playAndCompare(stage, options.plan, salesPerSecond);
  } finally {
    await stage.close();
  }
}

/** Predicts the sale on its own machines, and returns how many sales per second MySQL has on this one. */
async function predictSale(stage: Stage, { policyName, plan, ...given }: Options): Promise<number> {
  console.log('\nMeasuring joins, polls and sales …');
  const measured = await measureCosts(stage);
  printCosts(measured);
  const machines = {
    httpCores: given.httpCores ?? availableParallelism(),
    salesPerSecond: given.salesPerSecond ?? measured.salesPerSecond,
  };
  const prediction = predict(plan, machines);
  console.log(`\n${plan.fans} fans for ${plan.seats} seats, policy ${policyName}:`);
  printPrediction(prediction);
  printWalls(wallsOf(prediction, measured.costs, machines));
  return measured.salesPerSecond;
}

async function playAndCompare(stage: Stage, planned: Plan, salesPerSecond: number): Promise<boolean> {
  const { plan, speed } = playablePlan(planned);
  const predicted = predict(plan, { salesPerSecond });
  const description = describePlayed(planned, plan, speed);
  console.log(`\nPlaying ${description}, for ${PLAY_MAX_MS / 1_000} s at most …`);
  const played = await playSale(stage, plan, SEED);
  const violations = await stage.installation.findViolations();
  const rows = compare(predicted, figuresOf(played));
  printComparison(rows);
  printRow(process.argv.slice(2).join(' '), description, rows);
  if (Object.keys(violations).length > 0) console.error('violated:', violations);
  return rows.every(({ isMet }) => isMet !== false) && Object.keys(violations).length === 0;
}

/** The part of a plan that this machine plays, as fast as it must be to end in time. */
function playablePlan(plan: Plan): { readonly plan: Plan; readonly speed: number } {
  const share = shareToPlay(plan);
  const smaller = scalePlan(plan, { share, speed: 1 });
  const { soldOutAt, waitP90 } = predict(smaller, { salesPerSecond: null });
  const lastsMs = soldOutAt ?? (waitP90 ?? 0) + plan.pace.chooseMs + plan.pace.payMs + plan.pace.arriveMs;
  const speed = Math.max(1, lastsMs / PLAYED_MS);
  if (speed <= speedMax(plan)) return { plan: scalePlan(plan, { share, speed }), speed };
  throw new Stop(
    `this sale takes ${Math.ceil(lastsMs / 60_000)} minutes and cannot be played: ${speed.toFixed(0)} times as fast, its windows ` +
      'and claims are shorter than the polls of its fans',
  );
}
