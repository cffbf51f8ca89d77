import { randomUUID } from 'node:crypto';
import { holdRequest } from '../data/booking-requests.ts';
import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { type Fan, admitFans, createBenchmarkDate } from '../data/benchmark-sale.ts';
import type { Workload } from '../harness/compare-workloads.ts';
import type { Testbed } from '../harness/testbed.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const HOUR_MS = 3_600_000;

export type AdmittedSale = { readonly concertId: string; readonly fans: readonly Fan[] };

/** Creates a concert on sale and admits `count` fans, whose sessions last an hour. */
export async function openAdmittedSale(testbed: Testbed, count: number): Promise<AdmittedSale> {
  const concertId = await createConcert(testbed.application);
  const admission = { batchSize: 100_000, sessionTtlMs: HOUR_MS } as const;
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission,
    hold: { ttlMs: HOUR_MS, unpaidHoldsMax: null },
  });
  await createBenchmarkDate(testbed, concertId);
  return { concertId, fans: await admitFans(testbed, concertId, count) };
}

/** One hold of the seat per fan, with a new idempotency key, sent to the route or to the baseline at `path`. */
export function holdRequests({ fans }: AdmittedSale, eventId: string, seat: number, path?: string): Buffer[] {
  return fans.map((fan) => holdRequest(fan, { eventId, seat, key: randomUUID() }, path));
}

const REFUSALS_PER_SLICE = 5_000;

/** Holds of a seat that another fan holds, and the same requests to the baselines. */
export function refusedHoldWorkloads(
  sale: AdmittedSale,
  eventId: string,
  seat: number,
): Record<'bare' | 'guarded' | 'refused', Workload> {
  const workload = (
    name: string,
    status: number,
    path?: string,
    server: Workload['server'] = 'frontrow',
  ): Workload => {
    const requests = holdRequests(sale, eventId, seat, path);
    return { name, server, status, requestsOf: () => requests.slice(0, REFUSALS_PER_SLICE) };
  };
  return {
    bare: workload('bare', 200, '/hold', 'bare'),
    guarded: workload('guarded', 200, '/v1/bench/guarded/v1/reservations'),
    refused: workload('refused hold', 409),
  };
}
