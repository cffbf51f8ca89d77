import type { PolicyReads } from '@frontrow/application/ports/catalog/catalog.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../schema/schema.ts';

export function createMysqlPolicyReads(db: Kysely<Database>): PolicyReads {
  return {
    async find(id) {
      const row = await db.selectFrom('concert').select('policy').where('id', '=', id).executeTakeFirst();
      return row?.policy ?? null;
    },
  };
}
