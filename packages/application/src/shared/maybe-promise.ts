/** A value, or a promise of one. */
export type MaybePromise<T> = T | Promise<T>;

/** Calls `work` at once with a value. On the path of a poll, a promise costs as much as the lookup of the place. */
export function andThen<T, U>(value: MaybePromise<T>, work: (value: T) => Promise<U>): Promise<U>;
export function andThen<T, U>(value: MaybePromise<T>, work: (value: T) => MaybePromise<U>): MaybePromise<U>;
export function andThen<T, U>(value: MaybePromise<T>, work: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(work) : work(value);
}
