import { readFileSync } from 'node:fs';
import type { Keyspaces } from './start-vitess.ts';

/** The keyspaces of frontrow, with these shards of `sales` and of `accounts`. */
export function keyspacesWith(shards: readonly string[]): Keyspaces {
  return {
    sales: { shards, vschema: vschemaOf('sales') },
    accounts: { shards, vschema: vschemaOf('accounts') },
    staff: { shards: ['0'], vschema: vschemaOf('staff') },
  };
}

function vschemaOf(keyspace: string): object {
  const file = new URL(`../../../docker/vitess/vschema/${keyspace}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}
