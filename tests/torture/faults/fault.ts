import type { Installation } from '../installation.ts';
import type { Random } from '../random.ts';

/** Something that goes wrong for a while. */
export type Fault = {
  readonly name: string;
  /** What it happens to: at most one fault of a subject at a time. */
  readonly subject: 'network' | 'http' | 'worker' | 'mysql' | 'redis';
  /** True where Redis loses what it had. */
  readonly losesRedis?: boolean;
  /** Resolves when it is over. Leaves nothing behind, also where it throws. */
  run(installation: Installation, random: Random): Promise<void>;
};
