import type { Locator } from './locator.ts';
import type { ShardMap } from './shard-map.ts';

/** Where rows are: the slot of each, and the shards that have the slots. */
export type Sharding = { readonly locator: Locator; readonly shards: ShardMap };
