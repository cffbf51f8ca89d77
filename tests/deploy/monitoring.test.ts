import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { prometheusRuleOf } from '../../scripts/prometheus-rule.ts';
import { type Selector, onlyOfKind, podsOf, selects } from './pods.ts';
import { type Manifest, renderOverlay } from './render.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
let manifests: readonly Manifest[];
beforeAll(async () => {
  manifests = await renderOverlay('production');
});

it('the monitor scrapes http and worker on their port of operations, as the jobs that the alerts name', () => {
  const monitor = onlyOfKind(manifests, 'PodMonitor');
  const { selector, jobLabel, podMetricsEndpoints } = monitor['spec'] as {
    readonly selector: Selector;
    readonly jobLabel: string;
    readonly podMetricsEndpoints: { readonly port: string; readonly path: string }[];
  };
  const scraped = podsOf(manifests).filter((pod) => selects(selector, pod));
  expect(scraped.map(({ labels }) => labels[jobLabel])).toEqual(['http', 'worker']);
  expect(podMetricsEndpoints).toMatchObject([{ port: 'operations', path: '/metrics' }]);
});

it('the rule has the alerts of docker/prometheus/alerts.yml', () => {
  const alerts = read('docker/prometheus/alerts.yml');
  expect(read('deploy/components/monitoring/prometheus-rule.yaml')).toBe(prometheusRuleOf(alerts));
  const rule = onlyOfKind(manifests, 'PrometheusRule');
  expect(rule['spec']).toEqual(parse(alerts));
});
