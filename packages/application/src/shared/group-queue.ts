import { COALESCING_GAP_MS } from './coalesced-reads.ts';
import { UNTRACED, type Traces } from '../ports/shared/traces.ts';
import { Unavailable } from '../ports/shared/unavailable.ts';

/** How a queue answers its requests. Every function returns its outcomes in the order of the requests. */
export type GroupWork<Request, Outcome> = {
  /** What the request shares with others, such as its seats. */
  readonly resourcesOf: (request: Request) => readonly string[];
  /** The outcomes that are certain before a transaction; null for the others. */
  readonly screen?: (key: string, requests: readonly Request[]) => Promise<readonly (Outcome | null)[]>;
  /** The outcomes of requests of which no two share a resource; null for those that must run alone. */
  readonly runTogether: (key: string, requests: readonly Request[]) => Promise<readonly (Outcome | null)[]>;
  readonly runAlone: (key: string, request: Request) => Promise<Outcome>;
};

type GroupLimits = {
  readonly groupMax: number;
  /** How many requests one call of `screen` receives at most. */
  readonly screenedMax?: number;
  /** How long the requests gather after a screening that answered all that waited. */
  readonly screenGapMs?: number;
  /** How long requests that must run alone wait for the first of them. */
  readonly firstAloneMaxMs?: number;
  /** How long a request waits for a group. */
  readonly waitMaxMs?: number;
};

export const GROUP_MAX = 64;
const SCREENED_MAX = 1_000;
/** Longer than a transaction takes; the lock of a process that has vanished lasts for seconds. */
const FIRST_ALONE_MAX_MS = 100;
const WAIT_MAX_MS = 2_000;

type Entry<Request, Outcome> = {
  readonly request: Request;
  readonly resources: readonly string[];
  readonly answer: PromiseWithResolvers<Outcome>;
  readonly arrivedAt: number;
  readonly traceparent: string | null;
  isAnswered: boolean;
  isScreened: boolean;
};
type Waiting = Pick<Entry<unknown, unknown>, 'resources' | 'arrivedAt' | 'isAnswered' | 'isScreened'>;
type Queue<E> = {
  /** In the order of arrival. */
  waiting: E[];
  /** The resources of the requests that run, together or alone. */
  readonly inUse: Set<string>;
  /** Set while no waiting request can run. */
  wake: (() => void) | null;
};

/**
 * Forms groups of the requests that arrive for one key while a group of that key runs, so that one transaction serves
 * many. The first request of an idle key is a group of its own and runs at once.
 *
 * A request is waiting until a screening answers it or a group takes it. A request that its group leaves undecided, and
 * each request of a group that fails, runs alone; neither its group nor the key waits for it. Several of them are screened
 * again after the first has run.
 *
 * Groups take the waiting requests in the order of their arrival. A request that shares a resource with an earlier one
 * waits until that one is answered, so it overtakes nobody, and no two requests of a group conflict. Requests that wait
 * with others, or beside one that runs alone, are screened first: many share the read that answers those which cannot
 * succeed, and those that arrive within `screenGapMs` after it share the next. One that shares a resource with a request
 * that has run is screened anew. A request that has waited too long fails with `Unavailable`.
 */
export function createGroupQueue<Request, Outcome>(
  work: GroupWork<Request, Outcome>,
  {
    groupMax,
    screenedMax = SCREENED_MAX,
    screenGapMs = COALESCING_GAP_MS,
    firstAloneMaxMs = FIRST_ALONE_MAX_MS,
    waitMaxMs = WAIT_MAX_MS,
  }: GroupLimits,
  traces: Traces = UNTRACED,
): (key: string, request: Request) => Promise<Outcome> {
  type E = Entry<Request, Outcome>;
  const queues = new Map<string, Queue<E>>();

  async function drain(key: string, queue: Queue<E>): Promise<void> {
    let isContended = false;
    while (queue.waiting.length > 0 || queue.inUse.size > 0) {
      // Requests that arrive in one iteration of the event loop go together.
      await new Promise(setImmediate);
      refuseLate(queue.waiting, waitMaxMs);
      queue.waiting = unanswered(queue.waiting);
      const arrived = queue.waiting.slice();
      if (arrived.length > 1 || queue.inUse.size > 0 || isContended) await screen(key, arrived);
      const group = takeGroup(unanswered(arrived), queue.inUse, groupMax);
      queue.waiting = unanswered(queue.waiting).filter((entry) => !group.includes(entry));
      if (group.length > 0) await runGroup(key, queue, group);
      else if (queue.inUse.size > 0 && queue.waiting.length === unanswered(arrived).length)
        await new Promise<void>((resume) => (queue.wake = resume));
      else await pause(screenGapMs);
      isContended = group.length === 0;
    }
    queues.delete(key);
  }

  async function screen(key: string, arrived: readonly E[]): Promise<void> {
    if (work.screen === undefined) return;
    const unscreened = arrived.filter(({ isScreened }) => !isScreened);
    for (let from = 0; from < unscreened.length; from += screenedMax) {
      const entries = unscreened.slice(from, from + screenedMax);
      // Before the read: a request that ends meanwhile makes it old.
      for (const entry of entries) entry.isScreened = true;
      try {
        const { screen: read } = work;
        const run = () => read(key, requestsOf(entries));
        settle(entries, await traces.continue(entries[0]?.traceparent ?? null, 'screening', run));
      } catch (error) {
        for (const entry of entries) fail(entry, error);
      }
    }
  }

  async function runGroup(key: string, queue: Queue<E>, group: readonly E[]): Promise<void> {
    for (const resource of group.flatMap(({ resources }) => resources)) queue.inUse.add(resource);
    try {
      // The group is a step of one trace, that of its first request.
      const run = () => work.runTogether(key, requestsOf(group));
      settle(group, await traces.continue(group[0]?.traceparent ?? null, 'group', run));
    } catch {
      // One request may have failed the group: each runs alone, so that nobody gets the error of another.
    }
    release(
      queue,
      group.filter(({ isAnswered }) => isAnswered),
    );
    void runEachAlone(key, queue, unanswered(group));
  }

  /** The first waits for a lock. The commit that ends the lock often decides the others, which then share a screening. */
  async function runEachAlone(key: string, queue: Queue<E>, entries: readonly E[]): Promise<void> {
    const [first, ...others] = entries;
    if (first === undefined) return;
    const ended = runAlone(key, queue, first);
    if (work.screen !== undefined && others.length > 0) {
      await Promise.race([ended, pause(firstAloneMaxMs)]);
      for (const entry of others) entry.isScreened = false;
      await screen(key, others);
      release(
        queue,
        others.filter(({ isAnswered }) => isAnswered),
      );
      wake(queue);
    }
    for (const entry of unanswered(others)) void runAlone(key, queue, entry);
  }

  async function runAlone(key: string, queue: Queue<E>, entry: E): Promise<void> {
    try {
      const run = () => work.runAlone(key, entry.request);
      settle([entry], [await traces.continue(entry.traceparent, 'alone', run)]);
    } catch (error) {
      fail(entry, error);
    }
    release(queue, [entry]);
    wake(queue);
  }

  return (key, request) => {
    const entry: E = {
      request,
      resources: work.resourcesOf(request),
      answer: Promise.withResolvers<Outcome>(),
      arrivedAt: performance.now(),
      traceparent: traces.current(),
      isAnswered: false,
      isScreened: false,
    };
    const queue = queues.get(key);
    if (queue !== undefined) {
      queue.waiting.push(entry);
      wake(queue);
    } else {
      const opened: Queue<E> = { waiting: [entry], inUse: new Set(), wake: null };
      queues.set(key, opened);
      void drain(key, opened);
    }
    return entry.answer.promise;
  };
}

/** The first requests of which none shares a resource with an earlier one or one that runs. */
function takeGroup<E extends Waiting>(
  waiting: readonly E[],
  inUse: ReadonlySet<string>,
  groupMax: number,
): readonly E[] {
  const group: E[] = [];
  const taken = new Set(inUse);
  for (const entry of waiting) {
    if (group.length === groupMax) break;
    if (!entry.resources.some((resource) => taken.has(resource))) group.push(entry);
    for (const resource of entry.resources) taken.add(resource);
  }
  return group;
}

function release<E extends Waiting>(queue: Queue<E>, ended: readonly E[]): void {
  const released = new Set(ended.flatMap(({ resources }) => resources));
  for (const resource of released) queue.inUse.delete(resource);
  for (const entry of queue.waiting)
    if (entry.resources.some((resource) => released.has(resource))) entry.isScreened = false;
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

function wake<E>(queue: Queue<E>): void {
  queue.wake?.();
  queue.wake = null;
}

function refuseLate<Request, Outcome>(waiting: readonly Entry<Request, Outcome>[], waitMaxMs: number): void {
  const latest = performance.now() - waitMaxMs;
  for (const entry of waiting) {
    if (entry.arrivedAt > latest) break;
    fail(entry, new Unavailable('mysql', { cause: new Error('too many requests wait already') }));
  }
}

function settle<Request, Outcome>(
  entries: readonly Entry<Request, Outcome>[],
  outcomes: readonly (Outcome | null)[],
): void {
  for (const [index, entry] of entries.entries()) {
    const outcome = outcomes[index] ?? null;
    if (outcome === null) continue;
    entry.isAnswered = true;
    entry.answer.resolve(outcome);
  }
}

function fail<Request, Outcome>(entry: Entry<Request, Outcome>, error: unknown): void {
  entry.isAnswered = true;
  entry.answer.reject(error);
}

function unanswered<E extends Waiting>(entries: readonly E[]): E[] {
  return entries.filter(({ isAnswered }) => !isAnswered);
}

function requestsOf<Request>(entries: readonly { readonly request: Request }[]): readonly Request[] {
  return entries.map(({ request }) => request);
}
