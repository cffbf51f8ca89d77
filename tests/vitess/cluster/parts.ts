import type { Engine } from './build-engine.ts';
import type { Stoppable, Topology } from './topology.ts';

/** What the servers of a cluster are started with; `started` gets each of them. */
export type Parts = {
  readonly engine: Engine;
  readonly topology: Topology;
  readonly started: Stoppable[];
};
