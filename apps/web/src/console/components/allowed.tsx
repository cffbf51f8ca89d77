import type { ComponentChildren } from 'preact';
import { type Scope, may } from '../sign-in/scopes.ts';

type AllowedProps = {
  readonly scope: Scope;
  /** Shown to others; nothing by default. */
  readonly otherwise?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** What only users with the scope see. The server decides again. */
export function Allowed({ scope, otherwise = null, children }: AllowedProps) {
  return <>{may(scope) ? children : otherwise}</>;
}
