import type { Engine } from './build-engine.ts';
import type { Topology } from './topology.ts';

/** Started servers, which the caller stops, also where a later one fails to start. */
export type Stoppable = { stop(): Promise<void> };

/** What the servers of a cluster are started with; `started` gets each of them. */
export type Parts = {
  readonly engine: Engine;
  readonly topology: Topology;
  readonly started: Stoppable[];
};
