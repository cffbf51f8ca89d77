import { type Cost, isSteady, ratioTo } from './compare-workloads.ts';
import { median } from './statistics.ts';
import type { Row } from './result-table.ts';

/** The baseline of a ratio, and the smallest ratio that meets the goal; a null goal gives no verdict. */
export type RatioGoal = {
  readonly baseline: Cost;
  readonly baselineName: string;
  readonly goal: number | null;
};

/** The ratio of a baseline's cost to a subject's, from one run; without a verdict if the baseline is not steady. */
export function ratioRow(path: string, subject: Cost, { baseline, baselineName, goal }: RatioGoal): Row {
  const ratio = ratioTo(baseline, subject);
  return {
    path,
    figure: `${ratio.toFixed(2)} of ${baselineName} (${micros(subject)} against ${micros(baseline)})`,
    goal: goal === null ? '' : `≥ ${goal} of ${baselineName}`,
    isMet: goal === null || !isSteady(baseline) ? null : ratio >= goal,
  };
}

/** CPU time per request. */
export function micros({ cpuMicros }: Pick<Cost, 'cpuMicros'>): string {
  return `${median(cpuMicros).toFixed(1)} µs`;
}

const SIZES_DIFFER_MAX = 0.02;

/** Throws unless the mean body sizes of baseline and subject differ by at most 2 %. */
export function assertSameSize(baseline: Cost, subject: Cost): void {
  const [one, other] = [baseline.bodyBytesMean, subject.bodyBytesMean];
  if (Math.abs(one - other) > SIZES_DIFFER_MAX * other)
    throw new Error(`${baseline.name} sends ${one} bytes, ${subject.name} ${other}`);
}
