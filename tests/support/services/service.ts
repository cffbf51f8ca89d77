/** A server to test against. `how` says in a few words where it came from. */
export type Service = {
  readonly url: string;
  readonly how: string;
  stop(): Promise<void>;
};

/** A server of the test's own: it may be flushed, killed and started again without disturbing anyone. */
export type PrivateServer = Service & {
  readonly port: number;
  /** The process that serves now; changes with `restart`, undefined for a container or while it is down. */
  readonly pid: number | undefined;
  /** Resolves once the process is gone; SIGKILL by default, as in a crash. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Ends the server in good order if it still runs, and starts it with the same data and port. */
  restart(): Promise<void>;
};

type Way<T> = { readonly name: string; open(): Promise<T> };

/**
 * Takes the first way that works. A way that throws is passed over, but its reason is kept:
 * when none works, the error lists them all, so that nobody has to guess what was tried.
 */
export async function openFirstAvailable<T>(wanted: string, ways: readonly Way<T>[]): Promise<T> {
  const reasons: string[] = [];
  for (const way of ways) {
    try {
      return await way.open();
    } catch (cause) {
      reasons.push(`  - ${way.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  throw new Error(
    `There is no ${wanted} to test with. Any one of these ways will do:\n${reasons.join('\n')}`,
  );
}
