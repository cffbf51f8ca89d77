import type { SaleCodeId } from '@frontrow/domain/shared/ids.ts';

/** Derives the texts of sale codes from their ids with secret keys, so that no text has to be stored. */
export type SaleCodeTexts = {
  /** The key that derives the texts of new codes. */
  readonly keyId: string;
  /** Throws for a key that is not configured any more. */
  derive(id: SaleCodeId, keyId: string): string;
  /** SHA-256 of the digits of a text, in hex. */
  digest(digits: string): string;
};
