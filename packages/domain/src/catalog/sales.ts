import type { EventCancelled, SalesStopped, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

/**
 * Whether a concert or a date sells. `reason` is the organiser's text for fans, null while sales run. Only a date is
 * CANCELLED, and stays so.
 */
export type Sales = { readonly state: 'RUNNING' | 'STOPPED' | 'CANCELLED'; readonly reason: string | null };

export const SALES_RUNNING: Sales = { state: 'RUNNING', reason: null };

/** The sales of a date. A stop of its concert comes before its own, and its cancellation before both. */
export function salesOf(concert: Sales, event: Sales): Sales {
  return concert.state === 'STOPPED' && event.state !== 'CANCELLED' ? concert : event;
}

/** While sales are stopped, and after a cancellation, nobody holds, extends or pays. */
export function maySell({ state, reason }: Sales): Result<undefined, SalesStopped | EventCancelled> {
  if (state === 'RUNNING') return ok(undefined);
  return refuse({ code: state === 'STOPPED' ? 'SALES_STOPPED' : 'EVENT_CANCELLED', reason });
}

/** A cancellation is final: the sales of the date do not change any more. */
export function mayChangeSales({ state, reason }: Sales): Result<undefined, EventCancelled> {
  return state === 'CANCELLED' ? refuse({ code: 'EVENT_CANCELLED', reason }) : ok(undefined);
}

/** Requires that only a stop has a reason. */
export function checkSales(sales: Sales): Result<Sales, ValidationFailed> {
  if (sales.state !== 'RUNNING' || sales.reason === null) return ok(sales);
  const errors = [{ pointer: '/reason', detail: 'is only for sales that are STOPPED' }];
  return refuse({ code: 'VALIDATION_FAILED', errors });
}
