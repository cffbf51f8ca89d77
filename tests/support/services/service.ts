/** A running server. `how` says where it came from, for people. */
export type Service = {
  readonly url: string;
  readonly how: string;
  stop(): Promise<void>;
};

/** A server for one test alone, which may empty, kill and restart it. */
export type PrivateServer = Service & {
  readonly port: number;
  /** The host by whose name another private server reaches this one. */
  readonly hostForPeers: string;
  /** The server's process id, which `restart` changes; undefined in a container and while the server is down. */
  readonly pid: number | undefined;
  /** Resolves when the process has ended; SIGKILL by default, as in a crash. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops the server with SIGTERM if it runs, and starts it with the same data and port. */
  restart(): Promise<void>;
};

/** One possible source of a server. */
type Source<T> = { readonly name: string; open(): Promise<T> };

/** Opens the first source that does not throw. If all throw, the error lists every source with its reason. */
export async function openFirstAvailable<T>(wanted: string, sources: readonly Source<T>[]): Promise<T> {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      return await source.open();
    } catch (cause) {
      reasons.push(`  - ${source.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  throw new Error(
    `There is no ${wanted} to test with. Any one of these ways will do:\n${reasons.join('\n')}`,
  );
}
