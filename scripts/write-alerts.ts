// `pnpm alerts`: writes the alerts of docker/prometheus/alerts.yml as a resource of the Prometheus Operator.
import { readFileSync, writeFileSync } from 'node:fs';
import { prometheusRuleOf } from './prometheus-rule.ts';

const path = (name: string) => new URL(`../${name}`, import.meta.url);
writeFileSync(
  path('deploy/components/monitoring/prometheus-rule.yaml'),
  prometheusRuleOf(readFileSync(path('docker/prometheus/alerts.yml'), 'utf8')),
);
