import type { Problem, Unreachable } from '@frontrow/client';

export type AnyProblem = Problem | Unreachable;

/** The part of an answer of the client that every page of the console uses. */
export type Answer<Data> =
  | { readonly ok: true; readonly data: Data; readonly response?: Response }
  | { readonly ok: false; readonly problem: AnyProblem; readonly retryAfterMs?: number | null };
