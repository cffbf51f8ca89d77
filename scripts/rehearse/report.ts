import { printColumns, verdict } from '../../bench/harness/result-table.ts';
import type { Comparison } from './compare.ts';
import { FIGURES, FIGURE_NAMES, OFF_MAX, formatFigure } from './figures.ts';
import type { Measured } from './measure-costs.ts';
import type { Plan } from './plan.ts';
import type { Prediction } from './predict.ts';
import type { Wall } from './walls.ts';

export function printCosts({ costs: { http, redis }, salesPerSecond }: Measured): void {
  console.log(
    `\nMeasured here: HTTP: a join ${micros(http.join)}, a poll ${micros(http.poll)}, a sale ${micros(http.sale)}`,
  );
  console.log(`               Redis: a join ${micros(redis.join)}, a sale ${micros(redis.sale)}`);
  console.log(`               MySQL: ${salesPerSecond.toFixed(0)} sales/s`);
}

export function printPrediction(prediction: Prediction): void {
  const { joins, polls, sales, byChance } = prediction;
  printColumns([
    ['figure', 'predicted'],
    ...FIGURES.map((figure) => [
      FIGURE_NAMES[figure],
      formatFigure(figure, prediction[figure]) + (byChance.includes(figure) ? ', left to chance' : ''),
    ]),
    ['joins in the busiest second', joins.perSecondMax.toFixed(0)],
    ['polls in the busiest second', polls.perSecondMax.toFixed(0)],
    ['sales in the busiest second', sales.perSecondMax.toFixed(0)],
  ]);
}

export function printWalls(walls: readonly Wall[]): void {
  console.log('\nThe walls, the first one first:');
  printColumns([
    ['resource', 'the busiest second needs', 'use'],
    ...walls.map(({ resource, needs, use }) => [resource, needs, `${(use * 100).toFixed(0)} %`]),
  ]);
}

/** What is played of a sale, as in "3000 fans for 150 seats, 3.8 times as fast". */
export function describePlayed(planned: Plan, played: Plan, speed: number): string {
  const { fans, seats } = played;
  const part = fans === planned.fans ? 'the whole sale' : `${fans} fans for ${seats} seats`;
  return speed === 1 ? part : `${part}, ${speed.toFixed(1)} times as fast`;
}

export function printComparison(rows: readonly Comparison[]): void {
  printColumns([
    ['figure', 'predicted', 'played', 'played ÷ predicted', `off by at most ${OFF_MAX * 100} %`],
    ...rows.map(({ figure, predicted, played, ratio, isMet }) => [
      FIGURE_NAMES[figure],
      predicted,
      played,
      ratio?.toFixed(2) ?? '—',
      isMet === null ? 'left to chance' : verdict(isMet),
    ]),
  ]);
}

/** Prints the row of this sale for the table of docs/scaling.md: what was played, in brackets, and its ratio to the prediction. */
export function printRow(command: string, played: string, rows: readonly Comparison[]): void {
  const cells = rows.map(({ played: was, ratio, isMet }) =>
    isMet === null ? 'left to chance' : `${ratio?.toFixed(2) ?? '—'} (${was})`,
  );
  console.log(`\n| \`${command}\` | ${played} | ${cells.join(' | ')} |`);
}

function micros(cost: number): string {
  return `${cost.toFixed(0)} µs`;
}
