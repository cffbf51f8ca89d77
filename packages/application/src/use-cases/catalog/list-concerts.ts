import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Ports } from '../../ports/ports.ts';

export type ListConcerts = (page: PageRequest) => Promise<Page<Concert>>;

export function createListConcerts({ catalog }: Pick<Ports, 'catalog'>): ListConcerts {
  return (page) => catalog.listConcerts(page, 'PUBLISHED');
}
