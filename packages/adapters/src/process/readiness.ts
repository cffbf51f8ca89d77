export type Dependency = { readonly name: string; check(): Promise<void> };

export type ReadinessReport = {
  readonly status: 'ok' | 'failed' | 'stopping';
  readonly dependencies: { readonly name: string; readonly status: 'ok' | 'failed' }[];
};

export type Readiness = {
  check(): Promise<ReadinessReport>;
  /** From now on the process says that it is going away. */
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

/** A dependency that does not answer in time has failed. */
async function statusOf(dependency: Dependency): Promise<'ok' | 'failed'> {
  const { promise: timeout, resolve } = Promise.withResolvers<'failed'>();
  const timer = setTimeout(() => resolve('failed'), CHECK_TIMEOUT_MS);
  try {
    return await Promise.race([dependency.check().then(() => 'ok' as const), timeout]);
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
