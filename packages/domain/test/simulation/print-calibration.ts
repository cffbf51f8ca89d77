// `pnpm calibration [first seed]`: prints how well the wait estimate is calibrated, as the table of docs/wait-estimate.md.
import {
  type Wait,
  bias,
  coverage,
  medianError,
  poolWaits,
  simulateScenarios,
  width,
} from './calibration.ts';
import { REGIMES } from './sales.ts';

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function row(name: string, noShows: string, kind: string, waits: readonly Wait[]): string {
  const cells = [
    name,
    noShows,
    kind,
    waits.length.toLocaleString('en-US'),
    percent(coverage(waits)),
    `${(medianError(waits) * 100).toFixed(1)} %`,
    bias(waits).toFixed(2),
    width(waits).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

const [firstSeed] = process.argv.slice(2).map(Number);
const scenarios = simulateScenarios(firstSeed);
const lines = [
  '| regime | no-shows | estimate at | waits | coverage of the p90 | median error | median / wait | p90 / median |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ...scenarios.map((s) => row(s.regime, percent(s.noShowShare), s.kind, s.waits)),
  ...REGIMES.map((regime) => {
    return row(`**${regime}**`, 'all', 'both', poolWaits(scenarios.filter((s) => s.regime === regime)));
  }),
  row('**all**', 'all', 'both', poolWaits(scenarios)),
];
console.log(lines.join('\n'));
