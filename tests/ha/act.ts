import type { MysqlGroup } from './mysql-group.ts';

export type Act = {
  /** The argument of the command. */
  readonly name: string;
  readonly title: string;
  /**
   * Does it under load and puts everything right again. `mark` says that from now on a recovery is due; without it that is
   * from the start of the act.
   */
  play(group: MysqlGroup, mark: () => void): Promise<readonly string[]>;
};
