import type { Course } from './course.ts';

/** What one request costs: CPU time in µs. A sale is the reads, the hold and the payment of one fan, and the charge before. */
export type Costs = {
  readonly http: { readonly join: number; readonly poll: number; readonly sale: number };
  /** A poll reads a snapshot of its process. */
  readonly redis: { readonly join: number; readonly sale: number };
};

export type Machines = {
  readonly httpCores: number;
  readonly salesPerSecond: number;
};

/** A resource, and how much of it the busiest second of each kind of request needs: 1 is all. */
export type Wall = { readonly resource: string; readonly needs: string; readonly use: number };

/** The walls that a sale runs into as it grows, the first one first. */
export function wallsOf(
  { joins, polls, sales }: Pick<Course, 'joins' | 'polls' | 'sales'>,
  costs: Costs,
  machines: Machines,
): readonly Wall[] {
  const coresOf = ({ join, poll, sale }: Costs['http']) =>
    (joins.perSecondMax * join + polls.perSecondMax * poll + sales.perSecondMax * sale) / 1_000_000;
  const [http, redis] = [coresOf(costs.http), coresOf({ ...costs.redis, poll: 0 })];
  return [
    {
      resource: `HTTP: ${machines.httpCores} cores`,
      needs: `${http.toFixed(2)} cores`,
      use: http / machines.httpCores,
    },
    { resource: 'Redis: one core for a room', needs: `${redis.toFixed(2)} cores`, use: redis },
    {
      resource: `MySQL: ${machines.salesPerSecond.toFixed(0)} sales/s`,
      needs: `${sales.perSecondMax.toFixed(0)} sales/s`,
      use: sales.perSecondMax / machines.salesPerSecond,
    },
  ].toSorted((a, b) => b.use - a.use);
}
