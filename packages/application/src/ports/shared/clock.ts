import type { Instant } from '@frontrow/domain/shared/instant.ts';

/** This process's clock, for what may be off by a little. Holds go by the database's clock, queues by Redis's. */
export type Clock = { now(): Instant };
