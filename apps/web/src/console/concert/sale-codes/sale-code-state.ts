import type { SaleCode } from '@frontrow/client';
import type { Tone } from '../../components/badges.tsx';

/** Whether fans can join with a code at this moment, in ms since 1970, of the server. */
export function saleCodeState(code: SaleCode, now: number): { readonly tone: Tone; readonly text: string } {
  const { revokedAt, usesMax, uses, validFrom, validUntil } = code;
  if (revokedAt !== null) return { tone: 'bad', text: 'Revoked' };
  if (uses >= usesMax) return { tone: 'neutral', text: 'Used up' };
  if (validUntil !== null && Date.parse(validUntil) <= now) return { tone: 'neutral', text: 'Over' };
  if (validFrom !== null && Date.parse(validFrom) > now) return { tone: 'accent', text: 'Not valid yet' };
  return { tone: 'good', text: 'Valid' };
}

/** What an operator calls a code: its text is shown only once. */
export function saleCodeName({ label, id }: Pick<SaleCode, 'label' | 'id'>): string {
  return label ?? id.slice(-6);
}
