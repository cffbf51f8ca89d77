import type { PolicyReads } from '@frontrow/application/ports/catalog/catalog.ts';
import { POLICY_DEFAULT, type Policy } from '@frontrow/domain/catalog/policy.ts';
import type { Kysely } from 'kysely';
import type { Database, StoredPolicy } from '../schema/schema.ts';

/** Members that are not stored have their defaults. */
export function toPolicy({ admission, hold, presale = null }: StoredPolicy): Policy {
  return {
    admission: { ...POLICY_DEFAULT.admission, ...admission },
    hold: { ...POLICY_DEFAULT.hold, ...hold },
    presale,
  };
}

export function createMysqlPolicyReads(db: Kysely<Database>): PolicyReads {
  return {
    async find(id) {
      const row = await db.selectFrom('concert').select('policy').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toPolicy(row.policy);
    },
  };
}
