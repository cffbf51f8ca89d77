import type { SaleCodeId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { SaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { Ports } from '../../ports/ports.ts';

export type RevokeSaleCodeCommand = {
  readonly saleCodeId: SaleCodeId;
  readonly reason: string;
  readonly by: AdminRequest;
};
export type RevokeSaleCode = (command: RevokeSaleCodeCommand) => Promise<Result<SaleCode, NotFound>>;

/** Ends a code for good: nobody joins with it any more. Fans who are in the room stay. Idempotent. */
export function createRevokeSaleCode({ transact }: Pick<Ports, 'transact'>): RevokeSaleCode {
  return ({ saleCodeId, reason, by }) =>
    transact<Result<SaleCode, NotFound>>(async ({ saleCodes, auditLog }) => {
      const locked = await saleCodes.lock(saleCodeId);
      if (locked === null) return refuse(notFound('sale code'));
      const { saleCode, asOf } = locked;
      if (saleCode.revokedAt !== null) return ok(saleCode);
      const revoked = { ...saleCode, revokedAt: asOf };
      await saleCodes.revoke(saleCodeId, asOf);
      await auditLog.append({
        by,
        target: `sale-code/${saleCodeId}`,
        before: saleCode,
        after: revoked,
        reason,
      });
      return ok(revoked);
    }, 'STAFF');
}
