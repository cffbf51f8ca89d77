import type { Contender } from '../harness/compare.ts';
import { wireRequest } from '../harness/generator.ts';
import { CONCERTS, concertIdAt } from '../data/concerts.ts';

const PAGE = 20;
const LISTS_PER_SLICE = 10_000;

/** What a crowd asks for first, and the same bytes to the baselines. `etag` is of the list as it is now. */
export function listContenders(
  etag: string,
): Record<'bare' | 'text' | 'guarded' | 'list' | 'known', Contender> {
  return {
    bare: contender('bare', '/v1/bench/bare/concerts'),
    text: contender('bare text', '/v1/bench/bare/concerts-text'),
    guarded: contender('guarded', '/v1/bench/guarded/v1/concerts'),
    list: contender('list', '/v1/concerts'),
    known: contender('known list', '/v1/concerts', 304, { 'If-None-Match': etag }),
  };
}

function contender(name: string, path: string, status = 200, headers = {}): Contender {
  const request = wireRequest(`GET ${path}`, headers);
  const requests = Array.from({ length: LISTS_PER_SLICE }, () => request);
  return { name, status, slice: () => requests };
}

/** Somebody who pages through the concerts: a page of all the pages, as the dice fall. */
export function listRequests(count: number, random: () => number): Buffer[] {
  const pages = Array.from({ length: CONCERTS / PAGE }, (_, page) => {
    const cursor = Buffer.from(`concerts:${concertIdAt(page * PAGE - 1)}`).toString('base64url');
    return wireRequest(`GET /v1/concerts${page === 0 ? '' : `?cursor=${cursor}`}`);
  });
  return drawn(pages, count, random);
}

/** The bookable dates of a concert of all the concerts, each as likely as any other. */
export function dateRequests(count: number, random: () => number): Buffer[] {
  const concerts = Array.from({ length: CONCERTS }, (_, concert) =>
    wireRequest(`GET /v1/concerts/${concertIdAt(concert)}/events?bookable=true`),
  );
  return drawn(concerts, count, random);
}

function drawn(requests: readonly Buffer[], count: number, random: () => number): Buffer[] {
  return Array.from({ length: count }, () => requests[Math.floor(random() * requests.length)]!);
}
