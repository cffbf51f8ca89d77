import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { findPromtool } from '../support/services/deployment-tools.ts';
import { runCommand } from '../support/services/run-command.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const RULES = path('../../docker/prometheus/alerts.yml');
const CASES = path('alerts.promtool.yml');

it('every alert is raised by what it names, and not by what is near it', async () => {
  const promtool = await findPromtool();
  expect(await runCommand([...promtool, 'check', 'rules', '--lint-fatal', RULES])).toContain('SUCCESS');
  expect(await runCommand([...promtool, 'test', 'rules', CASES])).toContain('SUCCESS');
});

it('every alert has a case that raises it', () => {
  const { groups } = parse(readFileSync(RULES, 'utf8')) as { groups: { rules: { alert: string }[] }[] };
  const { tests } = parse(readFileSync(CASES, 'utf8')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
  };
  const raised = tests
    .flatMap(({ alert_rule_test }) => alert_rule_test)
    .filter(({ exp_alerts = [] }) => exp_alerts.length > 0);
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
  expect([...new Set(raised.map(({ alertname }) => alertname))].toSorted()).toEqual(alerts.toSorted());
});
