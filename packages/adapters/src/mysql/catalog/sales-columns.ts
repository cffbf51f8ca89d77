import { type Sales, salesOf } from '@frontrow/domain/catalog/sales.ts';
import type { Selectable } from 'kysely';
import type { Database } from '../schema/schema.ts';

type SalesRow = Pick<Selectable<Database['concert_event']>, 'sales_state' | 'sales_reason'>;
/** The columns of a date, and those of its concert under these names. */
export type SalesRows = SalesRow & {
  readonly concert_sales_state: Sales['state'];
  readonly concert_sales_reason: string | null;
};

export function toSales({ sales_state: state, sales_reason: reason }: SalesRow): Sales {
  return { state, reason };
}

/** The sales of a date and its concert. */
export function toSalesOfBoth(row: SalesRows): Sales {
  const concert = { state: row.concert_sales_state, reason: row.concert_sales_reason };
  return salesOf(concert, toSales(row));
}
