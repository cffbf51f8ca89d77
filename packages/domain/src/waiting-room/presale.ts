import type { Instant } from '../shared/instant.ts';
import type { RoomClosed, SaleCodeRequired } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

/** Before the public start, a fan joins only with a sale code. */
export type Presale = { readonly publicStartAt: Instant };

/** What decides whether a fan may join the room of a concert. */
export type JoinRules = {
  /** When the last date sells no more; null for a concert without dates. */
  readonly salesEndAt: Instant | null;
  /** Null for a concert that everybody may join from the beginning. */
  readonly presale: Presale | null;
};

/** The sale code that the join has to use; null where it needs none, whether or not the fan has sent one. */
export function mayJoin(
  { salesEndAt, presale }: JoinRules,
  sentCode: string | null,
  now: Instant,
): Result<string | null, RoomClosed | SaleCodeRequired> {
  if (salesEndAt !== null && salesEndAt <= now) return refuse({ code: 'ROOM_CLOSED' });
  if (presale === null || presale.publicStartAt <= now) return ok(null);
  if (sentCode !== null) return ok(sentCode);
  return refuse({ code: 'SALE_CODE_REQUIRED', publicStartAt: presale.publicStartAt });
}
