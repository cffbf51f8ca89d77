/** What an access token may do beyond what every user may, by the entries of its `scope` (RFC 8693, section 4.2). */
export const SCOPES = {
  admin: 'Everything',
  'sales:read': 'Read sales: policies, waiting rooms, orders, wallets and the audit log',
  'sales:write': 'Change sales: concerts, dates, policies, waiting rooms and orders',
  'check-in': 'Check in tickets at the entry',
  'wallet:charge': 'Charge the wallet of any user',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof SCOPES;

/** The known scopes of a claim, which is a list with spaces between its entries. */
export function parseScopes(claim: unknown): ReadonlySet<Scope> {
  return new Set(typeof claim === 'string' ? claim.split(' ').filter(isScope) : []);
}

/** Whether the scopes allow what `needed` allows: `admin` allows everything, and no other scope includes another. */
export function allows(scopes: ReadonlySet<Scope>, needed: Scope): boolean {
  return scopes.has(needed) || scopes.has('admin');
}

function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text);
}
