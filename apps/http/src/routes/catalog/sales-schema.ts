import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import { z } from 'zod';
import { fanReason } from '../shared/fields.ts';

/** The members of a concert or a date that say whether it sells. */
export const salesFields = {
  salesState: z.enum(['RUNNING', 'STOPPED', 'CANCELLED']).meta({
    description: 'While STOPPED, nobody holds, extends or pays. A date that is CANCELLED stays so.',
  }),
  reason: z.string().nullable().meta({ description: "The organiser's text for fans; null while sales run" }),
};

export const salesChange = z
  .strictObject({
    salesState: z.enum(['RUNNING', 'STOPPED']),
    reason: fanReason.optional().meta({ description: 'What fans read while sales are STOPPED' }),
  })
  .meta({
    id: 'SalesChange',
    examples: [{ salesState: 'STOPPED', reason: 'The price is wrong. Sales resume at 21:00.' }],
  });

export function presentSales({ state, reason }: Sales) {
  return { salesState: state, reason };
}

export function parseSales({ salesState, reason = null }: z.output<typeof salesChange>): Sales {
  return { state: salesState, reason };
}
