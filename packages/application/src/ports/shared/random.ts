/** Returns a number from 0, included, to 1, excluded. It spreads polls and must not make secrets. */
export type Random = () => number;
