/** There already, or on its way. */
export type Soon<T> = T | Promise<T>;

/** Goes on at once with what is there: on the way of a poll each promise would cost as much as finding the place. */
export function whenThere<T, U>(value: Soon<T>, work: (value: T) => Promise<U>): Promise<U>;
export function whenThere<T, U>(value: Soon<T>, work: (value: T) => Soon<U>): Soon<U>;
export function whenThere<T, U>(value: Soon<T>, work: (value: T) => Soon<U>): Soon<U> {
  return value instanceof Promise ? value.then(work) : work(value);
}
