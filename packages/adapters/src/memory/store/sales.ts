import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { type Sales, salesOf } from '@frontrow/domain/catalog/sales.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Tables } from './tables.ts';

/** The sales of a date and its concert. */
export function salesIn(tables: Tables, { concertId, sales }: ConcertEvent): Sales {
  const row = tables.concerts.get(concertId);
  invariant(row !== undefined, `there is no concert ${concertId}`);
  return salesOf(row.concert.sales, sales);
}
