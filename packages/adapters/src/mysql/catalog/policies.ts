import type { PolicyReads } from '@frontrow/application/ports/catalog/catalog.ts';
import { ADMISSION_POLICY_DEFAULT } from '@frontrow/domain/waiting-room/admission.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/booking/hold-policy.ts';
import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import type { Kysely } from 'kysely';
import type { Database, StoredPolicy } from '../schema/schema.ts';

/** Members that are not stored have their defaults. */
export function toPolicy({ admission, hold }: StoredPolicy): Policy {
  return {
    admission: { ...ADMISSION_POLICY_DEFAULT, ...admission },
    hold: { ...HOLD_POLICY_DEFAULT, ...hold },
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
