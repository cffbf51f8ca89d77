import type { ConcertId } from '@frontrow/domain/shared/ids.ts';

export type IdGenerator = {
  /** A unique id, which sorts after the earlier ones of its process. */
  next(): string;
  /**
   * A unique id with the slot of the concert, for what is found by its id alone. It sorts after the earlier ones of its
   * process and concert, and among those of other concerts by its millisecond.
   */
  nextIn(concertId: ConcertId): string;
};
