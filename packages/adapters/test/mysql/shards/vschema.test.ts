import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TABLE_PRIVILEGES } from '../../../src/mysql/schema/privileges.ts';

it.each(['sales', 'accounts', 'staff'])('the vschema of %s has every table', (keyspace) => {
  const file = new URL(`../../../../../docker/vitess/vschema/${keyspace}.json`, import.meta.url);
  const { tables } = JSON.parse(readFileSync(file, 'utf8')) as { tables: object };
  expect(Object.keys(tables).toSorted()).toEqual(
    [...Object.keys(TABLE_PRIVILEGES), 'kysely_migration_lock'].toSorted(),
  );
});
