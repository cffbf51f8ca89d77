/** A server that the process needs in order to serve. */
export type Dependency = {
  readonly name: string;
  /** Throws when the server cannot serve. */
  readonly check: () => Promise<void>;
};

export type ReadinessReport = {
  readonly status: 'ok' | 'failed' | 'stopping';
  readonly dependencies: { readonly name: string; readonly status: 'ok' | 'failed' }[];
};

export type Readiness = {
  check(): Promise<ReadinessReport>;
  /** Makes every later report say `stopping`. */
  stop(): void;
  isStopping(): boolean;
};

const CHECK_TIMEOUT_MS = 2_000;

export function createReadiness(dependencies: readonly Dependency[]): Readiness {
  let stopping = false;
  return {
    async check() {
      const checked = await Promise.all(
        dependencies.map(async (dependency) => ({
          name: dependency.name,
          status: await statusOf(dependency),
        })),
      );
      const isOk = checked.every(({ status }) => status === 'ok');
      return { status: stopping ? 'stopping' : isOk ? 'ok' : 'failed', dependencies: checked };
    },
    stop() {
      stopping = true;
    },
    isStopping: () => stopping,
  };
}

/** A dependency that does not answer within `CHECK_TIMEOUT_MS` has failed. */
async function statusOf({ check }: Dependency): Promise<'ok' | 'failed'> {
  const { promise: timeout, resolve } = Promise.withResolvers<'failed'>();
  const timer = setTimeout(() => resolve('failed'), CHECK_TIMEOUT_MS);
  try {
    return await Promise.race([check().then(() => 'ok' as const), timeout]);
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
