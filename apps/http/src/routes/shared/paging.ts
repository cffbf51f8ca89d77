import type { Page, PageRequest } from '@frontrow/application/ports/shared/page.ts';
import { PAGE_DEFAULT, PAGE_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { invalidRequest } from '../../problems/errors.ts';

export const pageQuery = z.strictObject({
  limit: z.coerce.number<string>().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
  cursor: z.string().max(512).optional().meta({ description: 'The nextCursor of the previous page' }),
});

export type PageQuery = z.output<typeof pageQuery>;

/** A cursor contains the name of its list, so that the cursor of another list is refused. */
export type ListName =
  | 'concerts'
  | 'events'
  | 'upcoming-concerts'
  | 'upcoming-events'
  | 'reservations'
  | 'payments'
  | 'wallet-entries'
  | 'audit-log'
  | 'orders'
  | 'ledger'
  | 'sale-codes'
  | 'layout-templates'
  | 'blocked-seats'
  | 'webhook-endpoints'
  | 'webhook-deliveries'
  | 'webhook-replay';

/** The form of a cursor, which is the key of the last item of a page. */
const CURSOR_FORMS: Readonly<Record<ListName, RegExp>> = {
  concerts: /^[\w-]{1,64}$/,
  events: /^(\d{1,15}:)?[\w-]{1,64}$/,
  'upcoming-concerts': /^(UPCOMING|REST):\d{1,15}:[\w-]{0,64}~[\w-]{0,64}$/,
  'upcoming-events': /^(UPCOMING|REST):\d{1,15}:((\d{1,15}:)?[\w-]{1,64})?$/,
  reservations: /^[\w-]{1,64}$/,
  payments: /^[\w-]{1,64}$/,
  'wallet-entries': /^[\w-]{1,64}$/,
  'audit-log': /^(\d{1,15}:)?[\w-]{1,64}$/,
  orders: /^[\w-]{1,64}$/,
  ledger: /^(\d{1,15}:)?[\w-]{1,64}$/,
  'layout-templates': /^[\w-]{1,64}$/,
  'blocked-seats': /^\d{1,5}$/,
  'sale-codes': /^[\w-]{1,64}$/,
  'webhook-endpoints': /^[\w-]{1,64}$/,
  'webhook-deliveries': /^[\w-]{1,64}$/,
  'webhook-replay': /^\d{1,15}:[\w-]{1,64}$/,
};

/** Throws `Refused` for a cursor that is not of this list. */
export function parsePageQuery(list: ListName, { limit, cursor }: PageQuery): PageRequest {
  return { limit, cursor: parseCursor(list, cursor, '/query/cursor') };
}

/** The key in a cursor; null without a cursor. Throws `Refused` for a cursor that is not of this list. */
export function parseCursor(
  list: ListName,
  cursor: string | null | undefined,
  pointer: string,
): string | null {
  if (cursor === undefined || cursor === null) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  const key = text.startsWith(`${list}:`) ? text.slice(list.length + 1) : '';
  if (!CURSOR_FORMS[list].test(key) || encode(text) !== cursor)
    throw invalidRequest([{ pointer, detail: 'is not a cursor of this list' }]);
  return key;
}

export function presentPage<T, Item>(
  list: ListName,
  { items, nextCursor }: Page<T>,
  present: (item: T) => Item,
): { items: Item[]; nextCursor: string | null } {
  return {
    items: items.map(present),
    nextCursor: presentCursor(list, nextCursor),
  };
}

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export function presentCursor(list: ListName, key: string | null): string | null {
  return key === null ? null : encode(`${list}:${key}`);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
