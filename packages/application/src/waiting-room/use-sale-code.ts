import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { SaleCodeExhausted, SaleCodeInvalid } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { mayUse, readSaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * Counts a use of the code for the user, before the user joins: a code never lets in more users than it may, and a user
 * whose join fails afterwards joins again with the same use.
 */
export async function useSaleCode(
  { transact, saleCodeTexts }: Pick<Ports, 'transact' | 'saleCodeTexts'>,
  { concertId, userId }: { readonly concertId: ConcertId; readonly userId: UserId },
  typed: string,
): Promise<Result<void, SaleCodeInvalid | SaleCodeExhausted>> {
  const digits = readSaleCode(typed);
  if (digits === null) return refuse({ code: 'SALE_CODE_INVALID' });
  return transact(
    async ({ saleCodes }) => {
      const locked = await saleCodes.lockByDigest(concertId, saleCodeTexts.digest(digits));
      if (locked === null) return refuse({ code: 'SALE_CODE_INVALID' });
      const { saleCode, asOf } = locked;
      const earlier = await saleCodes.findUse(concertId, userId);
      const allowed = mayUse(saleCode, earlier, asOf);
      if (!allowed.ok) return allowed;
      if (allowed.value === 'COUNT') {
        const use = { concertId, userId, saleCodeId: saleCode.id, usedAt: asOf };
        await saleCodes.countUse(use, earlier?.saleCodeId ?? null);
      }
      return ok(undefined);
    },
    { concertId },
  );
}
