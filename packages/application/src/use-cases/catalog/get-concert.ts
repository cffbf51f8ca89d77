import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';

export type GetConcert = (concertId: ConcertId) => Promise<Result<Concert, NotFound>>;

export function createGetConcert({ catalog }: Pick<Ports, 'catalog'>): GetConcert {
  return async (concertId) => {
    const concert = await catalog.findConcert(concertId);
    return concert?.visibility !== 'PUBLISHED' ? refuse(notFound('concert')) : ok(concert);
  };
}
