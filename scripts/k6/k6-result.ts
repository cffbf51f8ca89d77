import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Figures = Readonly<Record<string, number>>;
type Metric = Readonly<Record<string, number | Readonly<Record<string, boolean>>>>;
/** What `k6 run --summary-export` writes; each threshold of a metric is true where it was crossed. */
export type Summary = { readonly metrics: Readonly<Record<string, Metric>> };

export type Run = {
  readonly name: string;
  readonly profile: string;
  readonly startedAt: Date;
  /** What the figures depend on beside the code, one line each. */
  readonly machine: readonly string[];
  readonly cpuSeconds: Figures;
  /** What the audit found, by rule. */
  readonly violations: Readonly<Record<string, unknown>>;
};

/** Of a request's time only the whole is kept, and of the totals what tells something of frontrow. */
const DROPPED =
  /^(http_req_(blocked|connecting|tls_handshaking|sending|waiting|receiving)|data_|vus|.*expected_response)/;

/** Writes the result and answers the name of its file. Nothing in it names a path or an address of this machine. */
export function writeResult(folder: string, run: Run, { metrics }: Summary): string {
  const startedAt = run.startedAt.toISOString();
  const file = `${startedAt.slice(0, 10)}-${run.name}-${run.profile}.json`;
  const cpuSeconds = rounded(run.cpuSeconds);
  const result = { ...run, startedAt, cpuSeconds, thresholds: verdictsOf(metrics), metrics: told(metrics) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), `${JSON.stringify(result, null, 2)}\n`);
  return file;
}

function verdictsOf(metrics: Summary['metrics']): Record<string, 'met' | 'MISSED'> {
  const verdicts = byName(metrics).flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds)
      .filter(([condition]) => condition !== 'max>=0') // there for the summary alone
      .map(([condition, isCrossed]) => [`${name} ${condition}`, isCrossed ? 'MISSED' : 'met'] as const),
  );
  return Object.fromEntries(verdicts);
}

function told(metrics: Summary['metrics']): Record<string, Figures> {
  const kept = byName(metrics).filter(([name]) => !DROPPED.test(name));
  return Object.fromEntries(
    // Of a rate, k6 counts under `passes` how often it was true: how many requests failed.
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
