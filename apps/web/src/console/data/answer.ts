import type { Problem } from '@frontrow/client';

/** No answer of frontrow: no network, an answer that is not frontrow's, or the page ended the request. */
export type Unreachable = {
  readonly code: 'UNREACHABLE';
  readonly reason: 'NETWORK' | 'NOT_FRONTROW' | 'ABORTED';
};

export type AnyProblem = Problem | Unreachable;

/** The part of an answer of the client that every page of the console uses. */
export type Answer<Data> =
  | { readonly ok: true; readonly data: Data; readonly response?: Response }
  | { readonly ok: false; readonly problem: AnyProblem; readonly retryAfterMs?: number | null };
