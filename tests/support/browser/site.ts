import type { Fan } from '../fan.ts';
import type { Operator } from '../operator.ts';

/** A running frontrow that serves the pages, with everything that a test does beside the browser. */
export type Site = Operator & {
  /** Without a slash at its end. */
  readonly url: string;
  /** A user with the scope admin. */
  readonly admin: Fan;
  /** A user who calls the API without a browser; with a scope, a member of the staff. */
  fan(userId: string, scope?: string): Fan;
  close(): Promise<void>;
};
