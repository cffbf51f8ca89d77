/** A crowd of bots, in memory mode. */
export function Crowd() {
  return null;
}
