/** A condition for the process to serve. */
export type Dependency = {
  readonly name: string;
  /** Returns null, or a short reason that is safe to publish. Throws where the dependency cannot be reached. */
  readonly check: () => Promise<string | null>;
};

export type DependencyReport = {
  readonly name: string;
  readonly status: 'ok' | 'failed';
  readonly reason?: string;
};

export type ReadinessReport = {
  readonly status: 'ok' | 'failed' | 'stopping';
  readonly dependencies: DependencyReport[];
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
      const checked = await Promise.all(dependencies.map(reportOf));
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
async function reportOf({ name, check }: Dependency): Promise<DependencyReport> {
  const { promise: timeout, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve('no answer in time'), CHECK_TIMEOUT_MS);
  try {
    const reason = await Promise.race([check(), timeout]);
    return reason === null ? { name, status: 'ok' } : { name, status: 'failed', reason };
  } catch {
    return { name, status: 'failed', reason: 'not reachable' };
  } finally {
    clearTimeout(timer);
  }
}
