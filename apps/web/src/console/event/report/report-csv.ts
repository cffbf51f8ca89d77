import type { SalesReport } from '@frontrow/client';
import { csvOf } from '../../components/csv.ts';

/** The report by category, or by price for a date without a layout. */
export function categoriesCsv({ byCategory, byPrice }: Pick<SalesReport, 'byCategory' | 'byPrice'>): string {
  const [first] = byCategory;
  const rows = first === undefined ? byPrice : byCategory;
  return csvOf(rows);
}

export function hoursCsv(byHour: SalesReport['byHour']): string {
  return csvOf(byHour);
}
