type Batch<Asked, Read> = { readonly asked: Asked[]; readonly read: PromiseWithResolvers<Read> };

type CoalescingOptions = {
  /** So that one statement's list of values stays short. */
  readonly requestsPerReadMax?: number;
  /** How long after the beginning of a read the next of the same key begins at the earliest. */
  readonly gapMs?: number;
};

const SHARERS_MAX = 1_000;

/**
 * For what a crowd reads. Those whom one read has answered ask again within this time, and so share the next; and no
 * crowd costs one process more than five hundred reads a second.
 */
export const COALESCING_GAP_MS = 2;

/**
 * One read for many: whoever asks about `key` while a read of it runs shares the next one with all who do. So every
 * answer rests on a read that began after its request arrived, at the end of a turn of the event loop, so that all who
 * were heard in it come along.
 *
 * `read` is told what each of the sharers asked for; when it throws, all of them get the error.
 */
export function createCoalescedReads<Asked, Read>(
  read: (key: string, asked: readonly Asked[]) => Promise<Read>,
  { requestsPerReadMax = SHARERS_MAX, gapMs = 0 }: CoalescingOptions = {},
): (key: string, asked: Asked) => Promise<Read> {
  const lines = new Map<string, Batch<Asked, Read>[]>();

  async function drain(key: string, line: Batch<Asked, Read>[]): Promise<void> {
    while (line.length > 0) {
      await new Promise(setImmediate);
      const nextAt = performance.now() + gapMs;
      const batch = line.shift()!;
      try {
        batch.read.resolve(await read(key, batch.asked));
      } catch (error) {
        batch.read.reject(error);
      }
      const waitMs = nextAt - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    lines.delete(key);
  }

  return (key, asked) => {
    const line = lines.get(key) ?? [];
    const open = line.at(-1);
    if (open !== undefined && open.asked.length < requestsPerReadMax) {
      open.asked.push(asked);
      return open.read.promise;
    }
    const batch: Batch<Asked, Read> = { asked: [asked], read: Promise.withResolvers<Read>() };
    line.push(batch);
    if (lines.has(key)) return batch.read.promise;
    lines.set(key, line);
    void drain(key, line);
    return batch.read.promise;
  };
}
