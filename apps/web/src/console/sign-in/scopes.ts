import { session } from '../../shared/identity/session.ts';

export type Scope = 'admin' | 'sales:read' | 'sales:write' | 'check-in';

/** Whether the user may do what needs this scope; the server decides again. */
export function may(scope: Scope): boolean {
  if (session.value.kind !== 'signed-in') return false;
  const { scopes } = session.value.bearer;
  return scopes.has(scope) || scopes.has('admin');
}
