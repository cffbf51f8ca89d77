/** What passes the trace of a request on to the work that follows from it. */
export type Traces = {
  /** The running step of a trace, as the value of the header `traceparent`; null where nothing is traced. */
  current(): string | null;
  /** Runs `work` as a step of the trace of `traceparent`; where that is null, as it is. */
  continue<T>(traceparent: string | null, step: string, work: () => Promise<T>): Promise<T>;
};

export const UNTRACED: Traces = { current: () => null, continue: (_traceparent, _step, work) => work() };
