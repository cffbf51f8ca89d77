import { wireRequest } from '../harness/http-socket.ts';

/** One request, as the route itself gets it and, with the same bytes, its baselines. */
export type RouteRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
};

export type HotRoute = {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The one status that counts as done. */
  readonly status: number;
  /** Asked in this order. Those of a route that `spends` work once, and there are just enough of them. */
  readonly requests: readonly RouteRequest[];
  readonly isSingleUse: boolean;
  /** What the guarded baseline is asked instead where those who ask are newUserRequests, whose tokens are still to be verified. */
  readonly newUserRequests?: readonly RouteRequest[];
  /** Each answer waits for MySQL, which shares its core with the closedLoop. */
  readonly waitsForMysql: boolean;
  /** The least ratio to each baseline, where the project has set itself one. */
  readonly goals?: { readonly bare?: number; readonly guarded?: number };
  /** Throws unless what was asked for has come to be. */
  readonly confirm?: () => Promise<void>;
};

/** More than a route gets, because a baseline costs so little that fewer would be over before they can be timed. */
export const BASELINE_PER_ROUND = 4_000;
export const ROUNDS = { warmUp: 3, measured: 5 };
/** Of a route that spends what has to be written first. */
export const SINGLE_USE_PER_ROUND = 300;
/** Of one whose requests are to be had for nothing: the ends of a short round would be a tenth of it. */
export const CHEAP_PER_ROUND = 2_500;
/** At fixed moments, of a route that spends. */
export const ARRIVALS = 600;
/** So many that none comes twice. */
export const NEW_USERS = 1 + (ROUNDS.warmUp + ROUNDS.measured) * BASELINE_PER_ROUND;
/** One to see the answer, then the rounds, then the arrivals. */
export const SINGLE_USE_REQUESTS = singleUseRequests(SINGLE_USE_PER_ROUND);
export const CHEAP_SINGLE_USE_REQUESTS = singleUseRequests(CHEAP_PER_ROUND);

export type Target = 'route' | 'guarded' | 'bare';

/** The requests of a route as they go over the wire, to it or to one of its baselines in bench/server/mirrors.ts. */
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

export function answerPath(name: string): string {
  return `/v1/bench/answers/${encodeURIComponent(name)}`;
}

/** `count` of the list from `from` on, beginning again at its end. */
export function take<T>(list: readonly T[], from: number, count: number): readonly T[] {
  return Array.from({ length: count }, (_, index) => list[(from + index) % list.length]!);
}

function singleUseRequests(perRound: number): number {
  return 1 + (ROUNDS.warmUp + ROUNDS.measured) * perRound + ARRIVALS;
}
