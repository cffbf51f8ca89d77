/** There is no answer of frontrow. Whether the request had an effect is not known. */
export type Unreachable = {
  readonly code: 'UNREACHABLE';
  /**
   * `NETWORK`: no connection, or no whole answer in time. `NOT_FRONTROW`: something between this device and frontrow has
   * answered, as a proxy or the login page of a network. `ABORTED`: the `signal` of the call.
   */
  readonly reason: 'NETWORK' | 'NOT_FRONTROW' | 'ABORTED';
};

export type Success<Data> = {
  readonly ok: true;
  readonly data: Data;
  /** Whether this is the stored answer to an earlier request with the same idempotency key. Things may have changed since. */
  readonly replayed: boolean;
  readonly response: Response;
};

export type Failure<Problem> = {
  readonly ok: false;
  readonly problem: Problem | Unreachable;
  /** Of the answer, whoever gave it; null without one. */
  readonly status: number | null;
  /** How long to wait before the next request, or null. */
  readonly retryAfterMs: number | null;
};

export type Answer<Data, Problem> = Success<Data> | Failure<Problem>;

/** A request could not be sent, because the access token for it could not be had. */
export class AccessTokenUnavailable extends Error {}

/** What an operation resolves to. */
export type Result = {
  readonly data: unknown;
  readonly error: unknown;
  readonly request?: Request;
  readonly response?: Response;
};

type DataIn<Of> = Of extends { readonly data: infer Data; readonly error: undefined } ? Data : never;
type ErrorIn<Of> = Of extends { readonly data: undefined; readonly error: infer Error } ? Error : never;

/** The problems among the answers of an operation. */
export type ProblemIn<Error> = Extract<Error, { readonly code: string }>;

/**
 * Awaits the answer of an operation: its data, or a problem whose `code` is one that the operation documents, or UNREACHABLE.
 * Rejects only where no request could be made of the arguments, which is a defect of the caller.
 */
export async function answerOf<Of extends Result>(
  call: Promise<Of>,
): Promise<Answer<DataIn<Of>, ProblemIn<ErrorIn<Of>>>> {
  const { data, error, request, response } = await call;
  if (error instanceof AccessTokenUnavailable) return NO_REQUEST;
  if (request === undefined) throw error;
  if (error === undefined && response !== undefined && isOfFrontrow(response, data))
    return { ok: true, data: data as DataIn<Of>, replayed: isReplay(response), response };
  const problem = isProblem<ErrorIn<Of>>(error, response) ? error : unreachable(error, request, response);
  return { ok: false, problem, status: response?.status ?? null, retryAfterMs: retryAfterMs(response) };
}

const NO_REQUEST: Failure<never> = {
  ok: false,
  problem: { code: 'UNREACHABLE', reason: 'NETWORK' },
  status: null,
  retryAfterMs: null,
};

/** The data of an answer, for programs that treat every refusal alike: they get an Error whose `cause` is the problem. */
export function dataOf<Data>(answer: Answer<Data, { readonly code: string }>): Data {
  if (answer.ok) return answer.data;
  throw new Error(answer.problem.code, { cause: answer.problem });
}

function isProblem<Error>(error: unknown, response: Response | undefined): error is ProblemIn<Error> {
  if (!hasType(response, 'application/problem+json')) return false;
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}

function unreachable(error: unknown, request: Request, response: Response | undefined): Unreachable {
  if (request.signal.aborted) return { code: 'UNREACHABLE', reason: 'ABORTED' };
  // An answer that could not be read to its end fails with the error of the connection.
  const isWhole = response !== undefined && !(error instanceof TypeError || error instanceof DOMException);
  return { code: 'UNREACHABLE', reason: isWhole ? 'NOT_FRONTROW' : 'NETWORK' };
}

function isReplay({ headers }: Response): boolean {
  return headers.get('Idempotent-Replayed') === 'true';
}

/** A proxy or the login page of a network may answer with 200 too. */
function isOfFrontrow(response: Response, data: unknown): boolean {
  if (response.status === 204) return true;
  if (response.headers.get('Content-Length') === '0') return false;
  // Events that were read as a text are not what the operation answers.
  if (hasType(response, 'text/event-stream')) return typeof data !== 'string';
  return ['application/json', 'text/csv', 'text/plain; version='].some((type) => hasType(response, type));
}

function hasType(response: Response | undefined, type: string): boolean {
  return response?.headers.get('Content-Type')?.includes(type) ?? false;
}

/** A proxy may ask for more, but a page that waits for longer looks as if it were broken. */
const RETRY_AFTER_MAX_MS = 600_000;

/** frontrow sends whole seconds, and a proxy may send a date. */
function retryAfterMs(response: Response | undefined): number | null {
  const value = response?.headers.get('Retry-After') ?? null;
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(RETRY_AFTER_MAX_MS, Math.max(0, ms));
}
