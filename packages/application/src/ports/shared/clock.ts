import type { Instant } from '@frontrow/domain/shared/instant.ts';

/** The clock of this process. It decides on no hold and no place: the clocks of the database and of Redis do. */
export type Clock = { now(): Instant };
