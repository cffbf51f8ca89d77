import { computed } from '@preact/signals';
import { session } from '../../shared/identity/session.ts';

export type Scope = 'admin' | 'sales:read' | 'sales:write' | 'check-in';

const NONE: ReadonlySet<string> = new Set();
let last = NONE;

/** Those of the last token also when the session has expired, so that what the user has entered stays in sight. */
const scopes = computed(() => {
  const current = session.value;
  if (current.kind === 'signed-in') last = current.bearer.scopes;
  else if (current.kind === 'signed-out' && current.expiredUserId === null) last = NONE;
  return last;
});

/** Whether the user may do what needs this scope; the server decides again. */
export function may(scope: Scope): boolean {
  return scopes.value.has(scope) || scopes.value.has('admin');
}
