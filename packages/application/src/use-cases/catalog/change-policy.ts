import { type AdmissionPolicy, changeAdmission } from '@frontrow/domain/waiting-room/admission.ts';
import type { HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import type { Presale } from '@frontrow/domain/waiting-room/presale.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, type ValidationFailed, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { Ports } from '../../ports/ports.ts';
import { tryPublishConcert } from '../../catalog/publish-concert.ts';

/** Changes only the members that it names. */
export type ChangePolicyCommand = {
  readonly concertId: ConcertId;
  readonly admission: Partial<AdmissionPolicy>;
  readonly hold: Partial<HoldPolicy>;
  /** Null ends the presale. */
  readonly presale?: Presale | null | undefined;
  readonly by: AdminRequest;
};
export type ChangePolicy = (
  command: ChangePolicyCommand,
) => Promise<Result<Policy, NotFound | ValidationFailed>>;

type ChangePolicyPorts = Pick<Ports, 'transact' | 'cache' | 'roomRecords' | 'waitingRoom'>;

export function createChangePolicy(ports: ChangePolicyPorts): ChangePolicy {
  return async ({ concertId, admission, hold, presale, by }) => {
    const changed = await ports.transact<Result<Policy, NotFound | ValidationFailed>>(
      async ({ concerts, outbox, auditLog }) => {
        const current = await concerts.lockPolicy(concertId);
        if (current === null) return refuse(notFound('concert'));
        const decided = changeAdmission(current.admission, admission);
        if (!decided.ok) return decided;
        const policy: Policy = {
          admission: decided.value,
          hold: { ...current.hold, ...hold },
          presale: presale === undefined ? current.presale : presale,
        };
        await concerts.savePolicy(concertId, policy);
        await outbox.append([{ kind: 'CONCERT_CHANGED', concertId }]);
        await auditLog.append({ by, target: `concert/${concertId}`, before: current, after: policy });
        return ok(policy);
      },
      { concertId },
    );
    if (changed.ok) await tryPublishConcert(ports, concertId);
    return changed;
  };
}
