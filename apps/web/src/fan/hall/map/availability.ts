/** How much of a section is left, in words that colour and text share. */
type Availability = 'many' | 'few' | 'none';

const FEW_SHARE = 0.1;

export function availabilityOf(free: number, seatCount: number): Availability {
  if (free === 0) return 'none';
  return free <= Math.max(4, seatCount * FEW_SHARE) ? 'few' : 'many';
}
