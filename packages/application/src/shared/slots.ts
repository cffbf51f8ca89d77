/** Where the slot stands in an id: after the 10 characters of the time. */
const AT = 10;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The ULID with the slot, from 0 to 255, in place of 10 of its 80 random bits. */
export function writeSlot(ulid: string, slot: number): string {
  return ulid.slice(0, AT) + CROCKFORD[slot >> 5]! + CROCKFORD[slot & 31]! + ulid.slice(AT + 2);
}

/** The slot that was written into an id; any slot, or null, for an id without one. */
export function readSlot(id: string): number | null {
  const [high, low] = [CROCKFORD.indexOf(id.charAt(AT)), CROCKFORD.indexOf(id.charAt(AT + 1))];
  const slot = high * 32 + low;
  return id.length > AT + 1 && high >= 0 && low >= 0 && slot < 256 ? slot : null;
}
