import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';

export type GetPolicy = (concertId: ConcertId) => Promise<Result<Policy, NotFound>>;

export function createGetPolicy({ policies }: Pick<Ports, 'policies'>): GetPolicy {
  return async (concertId) => {
    const policy = await policies.find(concertId);
    return policy === null ? refuse(notFound('concert')) : ok(policy);
  };
}
