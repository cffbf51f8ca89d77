import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Figures = Readonly<Record<string, number>>;
type Metric = Readonly<Record<string, number | Readonly<Record<string, boolean>>>>;
/** The file that `k6 run --summary-export` writes; a threshold of a metric is true if it was crossed. */
export type Summary = { readonly metrics: Readonly<Record<string, Metric>> };

export type Run = {
  readonly name: string;
  readonly profile: string;
  readonly startedAt: Date;
  /** Hardware, versions and load, one line each. */
  readonly machine: readonly string[];
  readonly cpuSeconds: Figures;
  /** Violated invariants, by rule. */
  readonly violations: Readonly<Record<string, unknown>>;
};

/** Metrics that are not kept: parts of a request's duration, and totals that describe k6 rather than frontrow. */
const DROPPED =
  /^(http_req_(blocked|connecting|tls_handshaking|sending|waiting|receiving)|data_|vus|.*expected_response)/;

/** Writes the result and returns its file name. The result contains no path or address of this machine. */
export function writeResult(folder: string, run: Run, { metrics }: Summary): string {
  const startedAt = run.startedAt.toISOString();
  const file = `${startedAt.slice(0, 10)}-${run.name}-${run.profile}.json`;
  const cpuSeconds = rounded(run.cpuSeconds);
  const result = {
    ...run,
    startedAt,
    cpuSeconds,
    thresholds: verdictsOf(metrics),
    metrics: figuresOf(metrics),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), `${JSON.stringify(result, null, 2)}\n`);
  return file;
}

function verdictsOf(metrics: Summary['metrics']): Record<string, 'met' | 'MISSED'> {
  const verdicts = byName(metrics).flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds)
      .filter(([condition]) => condition !== 'max>=0') // a threshold that only selects a metric for the summary
      .map(([condition, isCrossed]) => [`${name} ${condition}`, isCrossed ? 'MISSED' : 'met'] as const),
  );
  return Object.fromEntries(verdicts);
}

function figuresOf(metrics: Summary['metrics']): Record<string, Figures> {
  const kept = byName(metrics).filter(([name]) => !DROPPED.test(name));
  return Object.fromEntries(
    // `passes` and `fails` of a rate are dropped: `passes` of http_req_failed counts failed requests.
    kept.map(([name, { thresholds: _thresholds, passes: _passes, fails: _fails, ...figures }]) => [
      name,
      rounded(figures as Figures),
    ]),
  );
}

function byName(metrics: Summary['metrics']): [string, Metric][] {
  return Object.entries(metrics).toSorted(([a], [b]) => a.localeCompare(b));
}

function rounded(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [key, Math.round(value * 1000) / 1000]),
  );
}
