import type { Keyspaces } from './start-vitess.ts';

/** Until the vschema of the schema is there. */
const SHARDED = { sharded: true, vindexes: { concert: { type: 'binary_md5' } }, tables: {} };

/** The keyspaces of frontrow, with these shards of `sales` and of `accounts`. */
export function keyspacesWith(shards: readonly string[]): Keyspaces {
  return {
    sales: { shards, vschema: SHARDED },
    accounts: { shards, vschema: SHARDED },
    staff: { shards: ['0'], vschema: { sharded: false } },
  };
}
