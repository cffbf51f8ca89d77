import type { SaleCodeWithText } from '@frontrow/application/use-cases/waiting-room/create-sale-codes.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SALE_CODES_PER_REQUEST_MAX, SALE_CODE_USES_MAX } from '@frontrow/domain/shared/limits.ts';
import type { SaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { formatNullable, id, instant, instantInput, name, reason } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

const example = {
  id: EXAMPLE.saleCodeId,
  concertId: EXAMPLE.concertId,
  label: 'Fan club, first mailing',
  usesMax: 1,
  uses: 0,
  validFrom: null,
  validUntil: '2026-11-30T11:00:00.000Z',
  revokedAt: null,
  createdAt: '2026-11-20T09:00:00.000Z',
};

const usesMax = z.int().min(1).max(SALE_CODE_USES_MAX);

export const newSaleCodes = z
  .strictObject({
    count: z.int().min(1).max(SALE_CODES_PER_REQUEST_MAX),
    usesMax: usesMax.meta({ description: 'How many users each code lets in' }),
    validFrom: instantInput.optional(),
    validUntil: instantInput.optional(),
    label: name.optional().meta({ description: 'A note for the list of codes' }),
  })
  .meta({
    id: 'NewSaleCodes',
    examples: [{ count: 200, usesMax: 1, validUntil: example.validUntil, label: example.label }],
  });

export const saleCodeRevocation = z
  .strictObject({ reason })
  .meta({ id: 'SaleCodeRevocation', examples: [{ reason: 'It was published' }] });

const saleCodeMembers = {
  id,
  concertId: id,
  label: z.string().nullable(),
  usesMax,
  uses: z.int().min(0).max(SALE_CODE_USES_MAX).meta({ description: 'How many users have joined with it' }),
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  revokedAt: instant.nullable(),
  createdAt: instant,
};

export const saleCode = z.object(saleCodeMembers).meta({ id: 'SaleCode', examples: [example] });

const createdSaleCode = { ...saleCodeMembers, code: z.string() };

export const createdSaleCodes = z
  .object({
    items: z
      .array(z.object(createdSaleCode).meta({ id: 'CreatedSaleCode' }))
      .meta({ description: 'With the code that fans type, which this answer alone shows' }),
  })
  .meta({ id: 'CreatedSaleCodes', examples: [{ items: [{ ...example, code: EXAMPLE.saleCode }] }] });

export const saleCodePage = pageOf(saleCode).meta({
  id: 'SaleCodePage',
  examples: [{ items: [example], nextCursor: null }],
});

export function presentSaleCode(of: SaleCode): z.output<typeof saleCode> {
  return {
    id: of.id,
    concertId: of.concertId,
    label: of.label,
    usesMax: of.usesMax,
    uses: of.uses,
    validFrom: formatNullable(of.validFrom),
    validUntil: formatNullable(of.validUntil),
    revokedAt: formatNullable(of.revokedAt),
    createdAt: formatInstant(of.createdAt),
  };
}

export function presentCreatedCodes(codes: readonly SaleCodeWithText[]): z.output<typeof createdSaleCodes> {
  return { items: codes.map(({ saleCode: of, text }) => ({ ...presentSaleCode(of), code: text })) };
}
