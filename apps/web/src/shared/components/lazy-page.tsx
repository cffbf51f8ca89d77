import type { ComponentType } from 'preact';
import lazy from 'preact-iso/lazy';
import { NotLoaded } from './page-errors.tsx';

/** A page that is loaded when it is needed. A browser remembers a failed load, so only a reload of the document helps. */
export function lazyPage(load: () => Promise<{ readonly default: ComponentType }>): ComponentType {
  return lazy(() => load().catch(() => ({ default: NotLoaded })));
}
