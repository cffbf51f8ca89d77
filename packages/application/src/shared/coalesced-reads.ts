type Batch<Request, Answer> = {
  readonly requests: Request[];
  readonly answer: PromiseWithResolvers<Answer>;
};

type CoalescingOptions = {
  /** Limits the length of one statement. */
  readonly requestsPerReadMax?: number;
  /** The shortest time from the start of a read to the start of the next read of the same key. */
  readonly gapMs?: number;
};

const REQUESTS_PER_READ_MAX = 1_000;

/** Fans whom one read answered ask again within this time and share the next read. */
export const COALESCING_GAP_MS = 2;

/**
 * Coalesces concurrent reads of one key: a request that arrives while a read runs shares the next read with all others
 * that do. Every answer therefore comes from a read that began after its request arrived. A read begins at the end of
 * an event loop iteration, so that it serves all requests of that iteration.
 *
 * `read` receives every request that it answers. When it throws, all of them fail with its error.
 */
export function createCoalescedReads<Request, Answer>(
  read: (key: string, requests: readonly Request[]) => Promise<Answer>,
  { requestsPerReadMax = REQUESTS_PER_READ_MAX, gapMs = 0 }: CoalescingOptions = {},
): (key: string, request: Request) => Promise<Answer> {
  const queues = new Map<string, Batch<Request, Answer>[]>();

  async function drain(key: string, queue: Batch<Request, Answer>[]): Promise<void> {
    while (queue.length > 0) {
      await new Promise(setImmediate);
      const nextAt = performance.now() + gapMs;
      const batch = queue.shift()!;
      try {
        batch.answer.resolve(await read(key, batch.requests));
      } catch (error) {
        batch.answer.reject(error);
      }
      const waitMs = nextAt - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    queues.delete(key);
  }

  return (key, request) => {
    const queue = queues.get(key) ?? [];
    const last = queue.at(-1);
    if (last !== undefined && last.requests.length < requestsPerReadMax) {
      last.requests.push(request);
      return last.answer.promise;
    }
    const batch: Batch<Request, Answer> = { requests: [request], answer: Promise.withResolvers<Answer>() };
    queue.push(batch);
    if (queues.has(key)) return batch.answer.promise;
    queues.set(key, queue);
    void drain(key, queue);
    return batch.answer.promise;
  };
}
