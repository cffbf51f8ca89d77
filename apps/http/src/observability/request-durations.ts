import type { Metric, Registry } from '@prometheus-io/client';

const NAME = 'http_request_duration_seconds';
const HELP = 'Duration of requests until the answer is ready, by route.';
const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The durations of the requests to one route. */
export type RouteDurations = { observe(method: string, status: number, seconds: number): void };

/** The histogram of all routes. */
export type RequestDurations = { ofRoute(route: string): RouteDurations };

/** What one route has answered with one status; `counts` are by bucket, with one more beyond the last bound. */
type Series = {
  readonly labels: Readonly<Record<'method' | 'route' | 'status_code', string>>;
  readonly counts: number[];
  sum: number;
};

/**
 * A histogram whose routes find their counts by the status alone. The one of the library builds a key from the labels of each
 * observation, which takes as long as everything else that a request is observed by.
 */
export function createRequestDurations(registry: Registry): RequestDurations {
  const series: Series[] = [];
  const metric = {
    name: NAME,
    help: HELP,
    type: 'histogram',
    aggregator: 'sum',
    get: async () => ({ name: NAME, help: HELP, type: 'histogram', values: series.flatMap(valuesOf) }),
  };
  // The registry reads `get` alone; the library declares its own classes only.
  registry.registerMetric(metric as unknown as Metric);
  return {
    ofRoute(route) {
      const known = new Map<string, Map<number, Series>>();
      const add = (method: string, status: number): Series => {
        const labels = { method, route, status_code: String(status) };
        const added = { labels, counts: [...BUCKETS_S, Infinity].map(() => 0), sum: 0 };
        const ofMethod = known.get(method) ?? new Map<number, Series>();
        known.set(method, ofMethod.set(status, added));
        series.push(added);
        return added;
      };
      return {
        observe(method, status, seconds) {
          const observed = known.get(method)?.get(status) ?? add(method, status);
          observed.counts[bucketOf(seconds)]! += 1;
          observed.sum += seconds;
        },
      };
    },
  };
}

function bucketOf(seconds: number): number {
  let bucket = 0;
  while (bucket < BUCKETS_S.length && seconds > BUCKETS_S[bucket]!) bucket += 1;
  return bucket;
}

function valuesOf({ labels, counts, sum }: Series): object[] {
  let count = 0;
  const buckets = counts.map((inBucket, index) => {
    count += inBucket;
    return {
      metricName: `${NAME}_bucket`,
      labels: { le: BUCKETS_S[index] ?? '+Inf', ...labels },
      value: count,
    };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: sum },
    { metricName: `${NAME}_count`, labels, value: count },
  ];
}
