import type { ConcertId, SaleCodeId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { EarlierUse, SaleCode, SaleCodeUse } from '@frontrow/domain/waiting-room/sale-code.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** A code as it is stored. */
export type StoredSaleCode = {
  readonly saleCode: SaleCode;
  /** The digest of the text by `SaleCodeTexts`. */
  readonly digest: string;
};

/** A locked code. `asOf` is the database's clock, read after the lock was acquired. */
export type LockedSaleCode = { readonly saleCode: SaleCode; readonly asOf: Instant };

/** Sale codes inside a transaction. */
export type SaleCodes = {
  add(codes: readonly StoredSaleCode[]): Promise<void>;
  lock(id: SaleCodeId): Promise<LockedSaleCode | null>;
  /** Locks the code of the concert whose text has the digest. */
  lockByDigest(concertId: ConcertId, digest: string): Promise<LockedSaleCode | null>;
  findUse(concertId: ConcertId, userId: UserId): Promise<EarlierUse | null>;
  /**
   * Counts a use of a locked code. It replaces the use of a revoked code, which then counts one use less. Writes nothing
   * where another transaction has given the user a use since `findUse`.
   */
  countUse(use: SaleCodeUse, replaced: SaleCodeId | null): Promise<void>;
  /** Revokes a locked code. */
  revoke(id: SaleCodeId, revokedAt: Instant): Promise<void>;
};

export type SaleCodeReads = {
  /** The codes of the concert, newest first. */
  list(concertId: ConcertId, page: PageRequest): Promise<Page<SaleCode>>;
};
