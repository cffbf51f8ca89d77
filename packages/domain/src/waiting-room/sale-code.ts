import type { ConcertId, SaleCodeId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { invariant } from '../shared/invariant.ts';
import type { SaleCodeExhausted, SaleCodeInvalid, ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

/** Lets fans join a waiting room before the public start. Its text is stored nowhere. */
export type SaleCode = {
  readonly id: SaleCodeId;
  readonly concertId: ConcertId;
  /** The organiser's note; null for none. */
  readonly label: string | null;
  /** How many users the code lets in. */
  readonly usesMax: number;
  readonly uses: number;
  /** Included; null for no limit. */
  readonly validFrom: Instant | null;
  /** Excluded; null for no limit. */
  readonly validUntil: Instant | null;
  readonly revokedAt: Instant | null;
  readonly createdAt: Instant;
};

/** A user has at most one use in a concert. */
export type SaleCodeUse = {
  readonly concertId: ConcertId;
  readonly userId: UserId;
  readonly saleCodeId: SaleCodeId;
  readonly usedAt: Instant;
};

/** The use that a user has in the concert already. */
export type EarlierUse = Pick<SaleCodeUse, 'saleCodeId'> & { readonly isRevoked: boolean };

/**
 * Whether a user may join with the code of the concert, null for a text that is none. `COUNT` asks for a new use. A user
 * who has a use joins again with it, also when the code has no uses left or its time is over, unless the code of that use
 * was revoked.
 */
export function mayUse(
  code: SaleCode | null,
  earlier: EarlierUse | null,
  now: Instant,
): Result<'COUNT' | 'COUNTED', SaleCodeInvalid | SaleCodeExhausted> {
  if (code === null || code.revokedAt !== null) return refuse({ code: 'SALE_CODE_INVALID' });
  if (earlier !== null && !earlier.isRevoked) return ok('COUNTED');
  if (!isInTime(code, now)) return refuse({ code: 'SALE_CODE_INVALID' });
  return code.uses < code.usesMax ? ok('COUNT') : refuse({ code: 'SALE_CODE_EXHAUSTED' });
}

function isInTime({ validFrom, validUntil }: SaleCode, now: Instant): boolean {
  return (validFrom === null || validFrom <= now) && (validUntil === null || now < validUntil);
}

/** Requires that the time of the code has a beginning before its end. */
export function checkValidity({
  validFrom,
  validUntil,
}: Pick<SaleCode, 'validFrom' | 'validUntil'>): Result<undefined, ValidationFailed> {
  if (validFrom === null || validUntil === null || validFrom < validUntil) return ok(undefined);
  const errors = [{ pointer: '/validUntil', detail: 'must be after validFrom' }];
  return refuse({ code: 'VALIDATION_FAILED', errors });
}

/** The digits of Crockford's base 32: none that looks like another one. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;
const GROUP = /.{4}(?=.)/g;
const READABLE = new RegExp(`^[${DIGITS}]{${LENGTH}}$`);

/** The text of a code, such as `7K3M-Q0ZD-9RTX-4VHA`: five bits of each of the first 16 bytes, 80 bits in all. */
export function saleCodeText(bytes: Uint8Array): string {
  invariant(bytes.length >= LENGTH, `a sale code needs ${LENGTH} random bytes`);
  const digits = Array.from(bytes.subarray(0, LENGTH), (byte) => DIGITS[byte % DIGITS.length]);
  return digits.join('').replaceAll(GROUP, '$&-');
}

/**
 * The digits of a text as a person may have typed it: in small letters, with other separators, with the letter O for the
 * digit 0, and with I or L for 1. Null for a text that is no sale code.
 */
export function readSaleCode(typed: string): string | null {
  const digits = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return READABLE.test(digits) ? digits : null;
}
