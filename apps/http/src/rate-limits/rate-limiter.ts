import { LRUCache } from 'lru-cache';

/**
 * How many requests of each kind a user may send to this process within a window. Four tabs that each repeat a refused
 * request every second, as the `Retry-After` of a 503 says, stay below that.
 */
const PER_USER = {
  /** Join a room or leave it. */
  joins: 50,
  /** Join with a sale code, right or wrong, which MySQL looks up: two tabs that each repeat it every second stay below that. */
  saleCodes: 20,
  /** Hold, extend, reduce or cancel. */
  holds: 50,
  payments: 50,
  charges: 50,
  /** Open an event stream, whether or not earlier ones are closed. */
  streams: 50,
  /** Read seat maps, reservations, payments or the wallet: four tabs that each read twice a second stay below that. */
  reads: 100,
  /** Read concerts and dates, without an identity. */
  catalog: null,
  /** Read the status of a room, without an identity. */
  rooms: null,
} satisfies Record<string, number | null>;

export type RequestKind = keyof typeof PER_USER;

/**
 * How many requests of one kind an address may send to this process within a window: more than a stadium or the shared
 * address of a mobile carrier sends, and a fraction of what a process serves.
 */
const PER_ADDRESS = 5_000;

export const WINDOW_MS = 10_000;

/** About 25 MB. A key that is evicted begins a new window. */
const KEYS_MAX = 100_000;

export type RateDecision = {
  readonly isAllowed: boolean;
  /** Whose requests the following numbers count. */
  readonly countedBy: 'user' | 'address';
  readonly max: number;
  readonly remaining: number;
  /** When the window ends, in ms from now. */
  readonly resetMs: number;
};

/** Counts requests by user and by address. Each process counts those that reach it. */
export type RateLimiter = {
  /** Counts a request, unless it is refused. `userId` is null for a request without an identity. */
  take(kind: RequestKind, userId: string | null, address: string): RateDecision;
};

type Window = { count: number; readonly endsAtMs: number };

/** `now` in ms, of a monotonic clock: a wrong step of the wall clock must not refuse anybody for hours. */
export function createRateLimiter(now: () => number): RateLimiter {
  const windows = new LRUCache<string, Window>({ max: KEYS_MAX });

  function windowOf(key: string, nowMs: number): Window {
    const known = windows.get(key);
    if (known !== undefined && nowMs < known.endsAtMs) return known;
    const fresh = { count: 0, endsAtMs: nowMs + WINDOW_MS };
    windows.set(key, fresh);
    return fresh;
  }

  function decide(countedBy: RateDecision['countedBy'], key: string, max: number): RateDecision {
    const nowMs = now();
    const window = windowOf(key, nowMs);
    const isAllowed = window.count < max;
    if (isAllowed) window.count += 1;
    return { isAllowed, countedBy, max, remaining: max - window.count, resetMs: window.endsAtMs - nowMs };
  }

  return {
    take(kind, userId, address) {
      const perUser = PER_USER[kind];
      if (userId === null || perUser === null) return decide('address', `${kind} at ${address}`, PER_ADDRESS);
      const byUser = decide('user', `${kind} of ${userId}`, perUser);
      if (!byUser.isAllowed) return byUser;
      const byAddress = decide('address', `${kind} at ${address}`, PER_ADDRESS);
      return byAddress.isAllowed ? byUser : byAddress;
    },
  };
}
