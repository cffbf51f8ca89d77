import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { useInstallation } from '../support/use-installation.ts';
import { metricsOf, seriesOf } from './metric-names.ts';

type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
};
type Dashboard = {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
};

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { groups } = parse(read('docker/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('docker/grafana/dashboards/frontrow.json')) as Dashboard;

/** Prometheus itself adds it for every process that it scrapes. */
const OF_PROMETHEUS = 'up';

const installation = useInstallation({ http: 1, workers: 1 });
let series: Set<string>;
beforeAll(async () => {
  const { http, workers } = installation();
  const scrapes = [...http, ...workers].map(async ({ url }) => (await fetch(`${url}/metrics`)).text());
  series = new Set([OF_PROMETHEUS, ...(await Promise.all(scrapes)).flatMap(seriesOf)]);
});

describe('every metric exists', () => {
  it.each(rules)('in the alert $alert', ({ expr }) => {
    expect(metricsOf(expr).length).toBeGreaterThan(0);
    expect(metricsOf(expr).filter((name) => !series.has(name))).toEqual([]);
  });

  it.each(panels)('in the panel $title', ({ targets }) => {
    const names = targets.flatMap(({ expr }) => metricsOf(expr));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !series.has(name))).toEqual([]);
  });

  it('and a name in any part of an expression is read', () => {
    const expr = 'time() - max by (job) (a_total{x="b"} > 1.5e9) / rate(c:d[5m]) or absent(e) and f';
    expect(metricsOf(expr)).toEqual(['a_total', 'c:d', 'e', 'f']);
  });
});

it('reports whether each dependency is ready, in both kinds of processes', async () => {
  expect(await readDependencies(installation().http[0]?.url)).toEqual([
    'dependency="identity" 1',
    'dependency="mysql" 1',
    'dependency="redis" 1',
  ]);
  expect(await readDependencies(installation().workers[0]?.url)).toEqual([
    'dependency="clock" 1',
    'dependency="mysql" 1',
    'dependency="redis" 1',
  ]);
});

async function readDependencies(url = ''): Promise<string[]> {
  const scrape = await (await fetch(`${url}/metrics`)).text();
  const samples = scrape.matchAll(/^frontrow_dependency_ready\{(.*)\} (.*)$/gm);
  return [...samples].map(([, label, value]) => `${label} ${value}`).toSorted();
}

it('Prometheus loads the alerts, each with a severity and a summary, and the runbook explains each once', () => {
  const { rule_files } = parse(read('docker/prometheus/prometheus.yml')) as { rule_files: string[] };
  expect(rule_files).toEqual(['alerts.yml']);
  for (const { labels, annotations } of rules) {
    expect(['page', 'warn']).toContain(labels.severity);
    expect(annotations.summary).not.toBe('');
  }
  const explained = [...read('docs/runbook.md').matchAll(/^\| `(Frontrow\w+)`/gm)].map(
    ([, name = '']) => name,
  );
  expect(explained.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
});

it('no panel has the id of another', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});
