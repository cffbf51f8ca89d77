import { Histogram, Registry } from '@prometheus-io/client';
import { expect, it } from 'vitest';
import { createRequestDurations } from '../../src/observability/request-durations.ts';

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const OBSERVED: readonly (readonly [method: string, route: string, status: number])[] = [
  ['GET', '/v1/concerts', 200],
  ['GET', '/v1/concerts', 503],
  ['HEAD', '/v1/concerts', 200],
  ['POST', '/v1/payments', 201],
];

/** The samples that Prometheus scrapes, without the comments. */
async function samplesOf(registry: Registry): Promise<readonly string[]> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '');
  expect(lines).toContain('# TYPE http_request_duration_seconds histogram');
  return lines.filter((line) => !line.startsWith('#')).toSorted();
}

it('exposes the durations of requests as the histogram of the library does', async () => {
  const [own, library] = [new Registry(), new Registry()];
  const durations = createRequestDurations(own);
  const histogram = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests.',
    labelNames: ['method', 'route', 'status_code'],
    buckets: BUCKETS_S,
    registers: [library],
  });
  const routes = new Map(OBSERVED.map(([, route]) => [route, durations.ofRoute(route)]));
  for (const [index, [method, route, status_code]] of OBSERVED.entries())
    // Below, on and above the bounds.
    for (const seconds of [0, 0.0004, ...BUCKETS_S.map((bound) => bound * (index + 1)), 60]) {
      routes.get(route)!.observe(method, status_code, seconds);
      histogram.observe({ method, route, status_code }, seconds);
    }
  expect(await samplesOf(own)).toEqual(await samplesOf(library));
});
