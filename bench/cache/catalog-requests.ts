import type { Workload } from '../harness/compare-workloads.ts';
import { wireRequest } from '../harness/http-socket.ts';
import { CONCERTS, concertIdAt } from '../data/load-concerts.ts';

const PAGE = 20;
/** Of the concerts that the cache keeps together. */
const CHUNK = 100;
const LISTS_PER_SLICE = 10_000;

/**
 * The first page of the concerts, conditional requests for it (`etag` is its current one), and baselines of the same body
 * size.
 */
export function listWorkloads(
  etag: string,
): Record<'bare' | 'text' | 'guarded' | 'list' | 'unchangedList', Workload> {
  return {
    bare: { ...workload('bare', '/concerts'), server: 'bare' },
    text: { ...workload('bare text', '/concerts-text'), server: 'bare' },
    guarded: workload('guarded', '/v1/bench/guarded/v1/concerts'),
    list: workload('list', '/v1/concerts'),
    unchangedList: workload('unchanged list', '/v1/concerts', 304, { 'If-None-Match': etag }),
  };
}

function workload(name: string, path: string, status = 200, headers = {}): Workload {
  const request = wireRequest(`GET ${path}`, headers);
  const requests = Array.from({ length: LISTS_PER_SLICE }, () => request);
  return { name, server: 'frontrow', status, requestsOf: () => requests };
}

/** Requests for random pages of the concerts. */
export function listRequests(count: number, random: () => number): Buffer[] {
  const pages = Array.from({ length: CONCERTS / PAGE }, (_, page) => {
    const last = page * PAGE - 1;
    const chunk = last < CHUNK ? '' : concertIdAt(Math.floor(last / CHUNK) * CHUNK - 1);
    const text = `upcoming-concerts:UPCOMING:${Date.now()}:${chunk}~${concertIdAt(last)}`;
    const cursor = Buffer.from(text).toString('base64url');
    return wireRequest(`GET /v1/concerts${page === 0 ? '' : `?cursor=${cursor}`}`);
  });
  return sample(pages, count, random);
}

/** Requests for the bookable dates of random concerts. */
export function dateRequests(count: number, random: () => number): Buffer[] {
  const concerts = Array.from({ length: CONCERTS }, (_, concert) =>
    wireRequest(`GET /v1/concerts/${concertIdAt(concert)}/events?bookable=true`),
  );
  return sample(concerts, count, random);
}

function sample(requests: readonly Buffer[], count: number, random: () => number): Buffer[] {
  return Array.from({ length: count }, () => requests[Math.floor(random() * requests.length)]!);
}
