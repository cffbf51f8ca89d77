import { wireRequest } from '../harness/http-socket.ts';

/** A request that is sent to a route or to one of its baselines. */
export type RouteRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
};

export type HotRoute = {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The only status that counts; any other fails the benchmark. */
  readonly status: number;
  /** Sent in this order; a single-use route has exactly as many as the benchmark sends. */
  readonly requests: readonly RouteRequest[];
  /** Whether each request succeeds only once. */
  readonly isSingleUse: boolean;
  /** Requests for the guarded baseline if the access tokens of `requests` must be new to the server. */
  readonly newUserRequests?: readonly RouteRequest[];
  /** Whether each answer waits for MySQL, which shares its core with the load generator. */
  readonly waitsForMysql: boolean;
  /** The smallest ratio to each baseline that meets the project's goal. */
  readonly goals?: { readonly bare?: number; readonly guarded?: number };
  /** Throws unless the requests had their effect in the stores. */
  readonly confirm?: () => Promise<void>;
};

/** More than a route gets, because the baseline is so cheap that fewer requests could not be timed. */
export const BASELINE_PER_ROUND = 4_000;
export const ROUNDS = { warmUp: 3, measured: 5 };
/** For a single-use route whose requests need prepared rows. */
export const SINGLE_USE_PER_ROUND = 300;
/** For routes whose requests need no preparation; start and end of a shorter round would be a tenth of it. */
export const CHEAP_PER_ROUND = 2_500;
/** Warm-up rounds of cheap requests, until V8 has compiled their code. */
export const LONG_WARM_UP = 6;
/** The number of requests of a single-use route at fixed arrivals. */
export const ARRIVALS = 600;
/** Enough new users for one request each. */
export const NEW_USERS = 1 + (LONG_WARM_UP + ROUNDS.measured) * BASELINE_PER_ROUND;
/** One request for the stored answer, then the rounds, then the fixed arrivals. */
export const SINGLE_USE_REQUESTS = singleUseRequests(ROUNDS.warmUp, SINGLE_USE_PER_ROUND);
export const CHEAP_SINGLE_USE_REQUESTS = singleUseRequests(LONG_WARM_UP, CHEAP_PER_ROUND);

export type Target = 'route' | 'guarded' | 'bare';

/** The bytes of a route's requests, sent to the route or to one of its baselines in bench/server. */
export function wireRequestsOf(route: HotRoute, target: Target): readonly Buffer[] {
  const { name, method, requests, newUserRequests = requests } = route;
  const pathOf: Record<Target, (path: string) => string> = {
    route: (path) => path,
    guarded: (path) => `/v1/bench/guarded${path}`,
    bare: () => answerPath(name),
  };
  return (target === 'guarded' ? newUserRequests : requests).map(({ path, headers, body }) => {
    const length = method === 'POST' && body === undefined ? { 'Content-Length': '0' } : {};
    return wireRequest(`${method} ${pathOf[target](path)}`, { ...headers, ...length }, body);
  });
}

/** The path of the bare baseline with the stored answer of this name. */
export function answerPath(name: string): string {
  return `/answers/${encodeURIComponent(name)}`;
}

/** `count` elements from index `from`, continuing at the start of the list after its end. */
export function take<T>(list: readonly T[], from: number, count: number): readonly T[] {
  return Array.from({ length: count }, (_, index) => list[(from + index) % list.length]!);
}

function singleUseRequests(warmUp: number, perRound: number): number {
  return 1 + (warmUp + ROUNDS.measured) * perRound + ARRIVALS;
}
