/** There already, or on its way. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on at once with what is there: on the way of a poll each promise would cost as much as finding the place. */
export function andThen<T, U>(value: MaybePromise<T>, work: (value: T) => Promise<U>): Promise<U>;
export function andThen<T, U>(value: MaybePromise<T>, work: (value: T) => MaybePromise<U>): MaybePromise<U>;
export function andThen<T, U>(value: MaybePromise<T>, work: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(work) : work(value);
}
