import type { Concert, Visibility } from '@frontrow/domain/catalog/concert.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import type { IdempotencyInProgress, IdempotencyKeyReused } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';

export type CreateConcertCommand = Pick<Concert, 'title' | 'artist' | 'description'> & {
  /** PUBLISHED unless it is given. */
  readonly visibility?: Visibility;
  readonly request: IdempotentRequest | null;
  readonly by: AdminRequest;
};
export type CreateConcert = (
  command: CreateConcertCommand,
) => Promise<Result<Answer<Concert>, IdempotencyKeyReused | IdempotencyInProgress>>;

type CreateConcertPorts = Pick<Ports, 'transact' | 'ids' | 'cache' | 'roomRecords' | 'waitingRoom'>;

export function createCreateConcert(ports: CreateConcertPorts): CreateConcert {
  return async ({ title, artist, description, visibility = 'PUBLISHED', request, by }) => {
    const concert: Concert = {
      id: ports.ids.next(),
      title,
      artist,
      description,
      visibility,
      sales: SALES_RUNNING,
      version: 1,
    };
    const created = await ports.transact(
      ({ concerts, idempotency, outbox, auditLog }) =>
        idempotently<Concert, never>(idempotency, request, async () => {
          await concerts.add(concert, POLICY_DEFAULT);
          await outbox.append([{ kind: 'CONCERT_CHANGED', concertId: concert.id }]);
          await auditLog.append({ by, target: `concert/${concert.id}`, before: null, after: concert });
          return ok(concert);
        }),
      'STAFF',
    );
    if (created.ok) await tryPublishConcert(ports, created.value.value.id);
    return created;
  };
}
