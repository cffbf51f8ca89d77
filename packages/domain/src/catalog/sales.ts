import type { SalesStopped, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

/** Whether a concert or a date sells. `reason` is the organiser's text for fans, null while sales run. */
export type Sales = { readonly state: 'RUNNING' | 'STOPPED'; readonly reason: string | null };

export const SALES_RUNNING: Sales = { state: 'RUNNING', reason: null };

/** The sales of a date. A stop of its concert comes before its own. */
export function salesOf(concert: Sales, event: Sales): Sales {
  return concert.state === 'STOPPED' ? concert : event;
}

/** While sales are stopped, nobody holds, extends or pays. */
export function maySell({ state, reason }: Sales): Result<undefined, SalesStopped> {
  return state === 'RUNNING' ? ok(undefined) : refuse({ code: 'SALES_STOPPED', reason });
}

/** Requires that only a stop has a reason. */
export function checkSales(sales: Sales): Result<Sales, ValidationFailed> {
  if (sales.state === 'STOPPED' || sales.reason === null) return ok(sales);
  const errors = [{ pointer: '/reason', detail: 'is only for sales that are STOPPED' }];
  return refuse({ code: 'VALIDATION_FAILED', errors });
}
