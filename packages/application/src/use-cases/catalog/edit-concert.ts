import {
  type Concert,
  type ConcertChanges,
  type ExpectedVersions,
  editConcert,
} from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { HasReservations, NotFound, PreconditionFailed } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { expectCurrent } from '../../catalog/expect-current.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';

type Target = {
  readonly concertId: ConcertId;
  readonly expected: ExpectedVersions;
  readonly by: AdminRequest;
};
type Edited = Result<Concert, NotFound | PreconditionFailed>;
type Removed = Result<void, NotFound | PreconditionFailed | HasReservations>;
export type EditConcert = (command: Target & { readonly changes: ConcertChanges }) => Promise<Edited>;
export type DeleteConcert = (command: Target) => Promise<Removed>;

type EditPorts = Pick<Ports, 'transact' | 'cache' | 'roomRecords' | 'waitingRoom'>;

/** Changes the named facts of the version that the caller has read. */
export function createEditConcert(ports: EditPorts): EditConcert {
  return async ({ concertId, expected, changes, by }) => {
    const edited = await ports.transact<Edited>(
      async ({ concerts, outbox, auditLog }) => {
        const locked = expectCurrent(await concerts.lockConcert(concertId), 'concert', expected);
        if (!locked.ok) return locked;
        const current = locked.value;
        const concert = editConcert(current, changes);
        await concerts.saveConcert(concert);
        await outbox.append([{ kind: 'CONCERT_CHANGED', concertId }]);
        await auditLog.append({ by, target: `concert/${concertId}`, before: current, after: concert });
        return ok(concert);
      },
      { concertId },
    );
    if (edited.ok) await tryPublishConcert(ports, concertId);
    return edited;
  };
}

/** Removes a concert none of whose seats was ever held. */
export function createDeleteConcert(ports: EditPorts): DeleteConcert {
  return async ({ concertId, expected, by }) => {
    const removed = await ports.transact<Removed>(
      async ({ concerts, outbox, auditLog }) => {
        const locked = expectCurrent(await concerts.lockConcert(concertId), 'concert', expected);
        if (!locked.ok) return locked;
        const current = locked.value;
        if (!(await concerts.removeConcert(concertId))) return refuse({ code: 'HAS_RESERVATIONS' });
        await outbox.append([{ kind: 'CONCERT_CHANGED', concertId }]);
        await auditLog.append({ by, target: `concert/${concertId}`, before: current, after: null });
        return ok(undefined);
      },
      { concertId },
    );
    if (removed.ok) await tryPublishConcert(ports, concertId);
    return removed;
  };
}
