import { expect, it } from 'vitest';
import type { Manifest } from './render.ts';
import { schemaComplaints } from './schema-complaints.ts';

const manifest = (spec: unknown, rest: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'sample' }, spec, ...rest }) as Manifest;

it('finds misspelt fields, wrong types and wrong values', async () => {
  const complaints = await schemaComplaints([
    manifest({ ports: [{ port: 80, targetPrt: 'http' }] }),
    manifest({ ports: [{ port: '80' }] }),
    manifest(
      { selector: {}, podMetricsEndpoints: [{ port: 'operations', interval: '5 seconds' }] },
      { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' },
    ),
    manifest({}, { kind: 'Servce' }),
  ]);
  const text = complaints.join('\n');
  expect(text).toMatch(/targetPrt/);
  expect(text).toMatch(/Service sample: .*port must be integer/);
  expect(text).toMatch(/PodMonitor sample: .*interval/);
  expect(text).toMatch(/v1 has no Servce/);
});
