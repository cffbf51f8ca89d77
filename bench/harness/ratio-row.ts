import { type Cost, isSteady, median, ratioTo } from './compare.ts';
import type { Row } from './report.ts';

export type Against = {
  readonly baseline: Cost;
  readonly name: string;
  /** The least ratio that will do; null where there is only something to know. */
  readonly goal: number | null;
};

/** How a subject stands to a baseline of the same run; no verdict where the baseline moved too far. */
export function ratioRow(path: string, subject: Cost, { baseline, name, goal }: Against): Row {
  const ratio = ratioTo(baseline, subject);
  return {
    path,
    figure: `${ratio.toFixed(2)} of ${name} (${micros(subject)} against ${micros(baseline)})`,
    goal: goal === null ? '' : `≥ ${goal} of ${name}`,
    isMet: goal === null || !isSteady(baseline) ? null : ratio >= goal,
  };
}

/** CPU time a request. */
export function micros({ cpuMicros }: Cost): string {
  return `${median(cpuMicros).toFixed(1)} µs`;
}

const SIZES_DIFFER_MAX = 0.02;

/** Throws where a bare baseline does not send as many bytes as its subject. */
export function assertSameSize(baseline: Cost, subject: Cost): void {
  const [one, other] = [baseline.bodyBytesMean, subject.bodyBytesMean];
  if (Math.abs(one - other) > SIZES_DIFFER_MAX * other)
    throw new Error(`${baseline.name} sends ${one} bytes, ${subject.name} ${other}`);
}
