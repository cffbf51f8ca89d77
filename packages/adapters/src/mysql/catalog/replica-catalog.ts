import type { Catalog } from '@frontrow/application/ports/catalog/catalog.ts';
import type { Replica } from '../connection/open-replica.ts';
import { createMysqlCatalog } from './catalog.ts';

/** The catalog, whose lists come from the replica: a single row costs the primary no more than to ask what it has committed. */
export function createReplicaCatalog(catalog: Catalog, replica: Replica): Catalog {
  return {
    ...catalog,
    listConcerts: (...query) => replica.read((db) => createMysqlCatalog(db).listConcerts(...query)),
    listEvents: (...query) => replica.read((db) => createMysqlCatalog(db).listEvents(...query)),
  };
}
