import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { SaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';

/** Newest first. */
export type ListSaleCodes = (
  concertId: ConcertId,
  page: PageRequest,
) => Promise<Result<Page<SaleCode>, NotFound>>;

export function createListSaleCodes({
  catalog,
  saleCodeReads,
}: Pick<Ports, 'catalog' | 'saleCodeReads'>): ListSaleCodes {
  return async (concertId, page) => {
    if ((await catalog.findConcert(concertId)) === null) return refuse(notFound('concert'));
    return ok(await saleCodeReads.list(concertId, page));
  };
}
