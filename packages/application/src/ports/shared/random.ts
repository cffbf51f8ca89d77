/** A number from 0 up to 1, for spreading polls: not for secrets. */
export type Random = () => number;
