import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import {
  type IdempotencyInProgress,
  type IdempotencyKeyReused,
  type NotFound,
  type ValidationFailed,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type SaleCode, checkValidity, readSaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';

export type CreateSaleCodesCommand = Pick<SaleCode, 'label' | 'usesMax' | 'validFrom' | 'validUntil'> & {
  readonly concertId: ConcertId;
  readonly count: number;
  readonly request: IdempotentRequest | null;
  readonly by: AdminRequest;
};
/** The text is shown here alone. */
export type SaleCodeWithText = { readonly saleCode: SaleCode; readonly text: string };
export type CreateSaleCodes = (
  command: CreateSaleCodesCommand,
) => Promise<
  Result<
    Answer<readonly SaleCodeWithText[]>,
    NotFound | ValidationFailed | IdempotencyKeyReused | IdempotencyInProgress
  >
>;

/** What an idempotency key stores: the ids, from which the key derives the texts again. */
type CreatedCodes = { readonly keyId: string; readonly saleCodes: readonly SaleCode[] };

type CreateSaleCodesPorts = Pick<Ports, 'transact' | 'ids' | 'clock' | 'saleCodeTexts'>;

export function createCreateSaleCodes(ports: CreateSaleCodesPorts): CreateSaleCodes {
  const { transact, saleCodeTexts } = ports;
  return async (command) => {
    const { concertId, request, by } = command;
    const checked = checkValidity(command);
    if (!checked.ok) return checked;
    const created = await transact(
      ({ concerts, saleCodes, idempotency, auditLog }) =>
        idempotently<CreatedCodes, NotFound>(idempotency, request, async () => {
          if ((await concerts.lockConcert(concertId)) === null) return refuse(notFound('concert'));
          const { keyId } = saleCodeTexts;
          const codes = newSaleCodes(ports, command);
          await saleCodes.add(
            codes.map((saleCode) => ({ saleCode, digest: digestOf(ports, saleCode, keyId) })),
          );
          const { label, usesMax, validFrom, validUntil } = command;
          const after = { saleCodes: codes.map(({ id }) => id), label, usesMax, validFrom, validUntil };
          await auditLog.append({ by, target: `concert/${concertId}`, before: null, after });
          return ok({ keyId, saleCodes: codes });
        }),
      { concertId },
    );
    if (!created.ok) return created;
    const { value, replayed } = created.value;
    const withTexts = value.saleCodes.map((saleCode) => ({
      saleCode,
      text: saleCodeTexts.derive(saleCode.id, value.keyId),
    }));
    return ok({ value: withTexts, replayed });
  };
}

function newSaleCodes({ ids, clock }: CreateSaleCodesPorts, command: CreateSaleCodesCommand): SaleCode[] {
  const { concertId, label, usesMax, validFrom, validUntil } = command;
  const createdAt = clock.now();
  return Array.from({ length: command.count }, () => ({
    id: ids.next(),
    concertId,
    label,
    usesMax,
    uses: 0,
    validFrom,
    validUntil,
    revokedAt: null,
    createdAt,
  }));
}

function digestOf({ saleCodeTexts }: CreateSaleCodesPorts, { id }: SaleCode, keyId: string): string {
  const digits = readSaleCode(saleCodeTexts.derive(id, keyId));
  invariant(digits !== null, 'a derived text is a sale code');
  return saleCodeTexts.digest(digits);
}
