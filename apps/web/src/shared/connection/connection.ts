import { batch, computed, signal } from '@preact/signals';

/**
 * What the page knows of its way to the server:
 *
 * - `fine`: requests are answered. Also `recovered` for a while after a trouble, to say what became of the fan's work.
 * - `offline`: the device has no network, as the browser reports.
 * - `away`: requests of at least one activity fail, by `reason`. Each activity repeats its requests by itself.
 *
 * A failed request moves it to `away`, the browser's event `offline` to `offline`. It is `recovered` when the last activity in
 * trouble has an answer, or the network is back, until `RECOVERED_MS` have passed or the next trouble comes. An activity that
 * ends takes its trouble with it.
 */
export type Connection =
  | { readonly kind: 'fine' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'away'; readonly reason: AwayReason; readonly retryAt: number | null }
  | { readonly kind: 'recovered'; readonly kept: string | null };

/** `unreachable`: no answer at all. `unavailable`: the server cannot serve now. `busy`: it limits requests. */
type AwayReason = 'unreachable' | 'unavailable' | 'busy';

/** The code of the failed request, and when its activity sends the next one, in ms since 1970 by the page's clock. */
type Trouble = { readonly code: string; readonly retryAt: number | null };

/** An activity that sends requests again and again until they are answered. */
type Activity = {
  /** Sends the next request at once. */
  readonly retry: () => unknown;
  /** What the fan has not lost through the trouble, in a short sentence. */
  readonly kept?: () => string;
};

export const RECOVERED_MS = 8_000;

const isOffline = signal(false);
const troubles = signal<ReadonlyMap<Activity, Trouble>>(new Map());
const recovered = signal<{ readonly kept: string | null } | null>(null);
let recoveredTimer: ReturnType<typeof setTimeout> | undefined;
const activities = new Set<Activity>();

export const connection = computed((): Connection => {
  if (isOffline.value) return { kind: 'offline' };
  const [first, ...others] = troubles.value.values();
  if (first === undefined)
    return recovered.value === null ? { kind: 'fine' } : { kind: 'recovered', ...recovered.value };
  const retryTimes = [first, ...others].flatMap(({ retryAt }) => retryAt ?? []);
  const retryAt = retryTimes.length === 0 ? null : Math.min(...retryTimes);
  return { kind: 'away', reason: reasonOf(first.code), retryAt };
});

function reasonOf(code: string): AwayReason {
  if (code === 'UNREACHABLE') return 'unreachable';
  return code === 'RATE_LIMITED' || code === 'STREAM_LIMIT' ? 'busy' : 'unavailable';
}

/** Lets an activity report its failed and answered requests, until it ends. */
export function followConnection(activity: Activity): {
  failed(trouble: Trouble): void;
  answered(): void;
  end(): void;
} {
  activities.add(activity);
  return {
    failed: (trouble) => {
      if (!activities.has(activity)) return;
      recovered.value = null;
      troubles.value = new Map(troubles.value).set(activity, trouble);
    },
    answered: () => {
      if (!clearTrouble(activity) || troubles.value.size > 0 || isOffline.value) return;
      showRecovered(activity.kept?.() ?? keptByAnActivity());
    },
    end: () => {
      activities.delete(activity);
      clearTrouble(activity);
    },
  };
}

/** Returns whether there was any. */
function clearTrouble(activity: Activity): boolean {
  const others = new Map(troubles.value);
  if (!others.delete(activity)) return false;
  troubles.value = others;
  return true;
}

function showRecovered(kept: string | null): void {
  clearTimeout(recoveredTimer);
  recovered.value = { kept };
  recoveredTimer = setTimeout(() => {
    recovered.value = null;
  }, RECOVERED_MS);
}

/** Sends the next request of every activity at once, for example after the network is back. */
export function retryNow(): void {
  for (const { retry } of activities) retry();
}

/** Follows the browser's own report of the network. `events` is the window; `isOnline` says how the page begins. */
export function watchNetwork(events: Pick<EventTarget, 'addEventListener'>, isOnline: boolean): void {
  isOffline.value = !isOnline;
  events.addEventListener('offline', () => {
    isOffline.value = true;
  });
  events.addEventListener('online', () => {
    if (!isOffline.value) return;
    batch(() => {
      isOffline.value = false;
      if (troubles.value.size === 0) showRecovered(keptByAnActivity());
    });
    retryNow();
  });
}

function keptByAnActivity(): string | null {
  for (const { kept } of activities) if (kept !== undefined) return kept();
  return null;
}
