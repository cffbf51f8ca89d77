import { createBenchmarkSale, createBenchmarkDate } from '../data/benchmark-sale.ts';
import type { Testbed } from '../harness/testbed.ts';
import type { HotRoute } from './hot-route.ts';

const CONCERTS = 25;
const DATES = 10;
const CACHED = { bare: 0.8 };

/** The probe that does nothing, and the public reads: a full first page of concerts, and a concert with ten dates. */
export async function catalogRoutes(testbed: Testbed): Promise<readonly HotRoute[]> {
  let concertId = '';
  for (let index = 0; index < CONCERTS; index += 1) concertId = await createBenchmarkSale(testbed);
  for (let index = 1; index < DATES; index += 1) await createBenchmarkDate(testbed, concertId);
  return [
    { ...read('livez', '/livez'), goals: { bare: 0.85 } },
    { ...read('list concerts', '/v1/concerts'), goals: CACHED },
    read('get concert', `/v1/concerts/${concertId}`),
    { ...read('list bookable dates', `/v1/concerts/${concertId}/events?bookable=true`), goals: CACHED },
  ];
}

function read(name: string, path: string): HotRoute {
  return {
    name,
    method: 'GET',
    status: 200,
    requests: [{ path, headers: {} }],
    isSingleUse: false,
    waitsForMysql: false,
  };
}
