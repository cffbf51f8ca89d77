import type { Instant } from '../shared/instant.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import { type NumberedSeats, hasFlag } from './numbered-seats.ts';

/** Some of the seats are set aside for fans who need an accessible seat: `accessibleSeats`, companion seats included. */
export type AccessibleSeatsOnly = {
  readonly code: 'ACCESSIBLE_SEATS_ONLY';
  readonly accessibleSeats: readonly number[];
  /** When everybody may have them; null for never. */
  readonly accessibleReleaseAt: Instant | null;
};

/** More companion seats than an accessible seat may have, or companion seats without their accessible seat. */
export type CompanionSeatsExceeded = {
  readonly code: 'COMPANION_SEATS_EXCEEDED';
  readonly companionSeats: readonly number[];
  readonly companionSeatsMax: number;
};

export type AccessibleSale = {
  /** Whether the fan says that they need an accessible seat. Nobody has to prove it. */
  readonly accessible: boolean;
  readonly accessibleReleaseAt: Instant | null;
  readonly now: Instant;
  /** How many companion seats a fan may have with each accessible seat. */
  readonly companionSeatsMax: number;
};

/** Whether accessible seats and their companion seats are sold like all other seats. */
export function areAccessibleSeatsReleased(accessibleReleaseAt: Instant | null, now: Instant): boolean {
  return accessibleReleaseAt !== null && accessibleReleaseAt <= now;
}

/**
 * Sets accessible seats aside for fans who ask for them, and companion seats for those who choose the accessible seat too, until
 * both are released. It follows the rules of the United States for ticket sales (28 CFR 36.302(f)): a fan's word is enough,
 * and companions sit beside.
 */
export function mayChooseAccessible(
  seats: NumberedSeats,
  chosen: readonly number[],
  { accessible, accessibleReleaseAt, now, companionSeatsMax }: AccessibleSale,
): Result<readonly number[], AccessibleSeatsOnly | CompanionSeatsExceeded> {
  if (areAccessibleSeatsReleased(accessibleReleaseAt, now)) return ok(chosen);
  const accessibleSeats = chosen.filter((number) => isSetAside(seats, number));
  if (!accessible && accessibleSeats.length > 0)
    return refuse({ code: 'ACCESSIBLE_SEATS_ONLY', accessibleSeats, accessibleReleaseAt });
  const companionSeats = companionsInExcess(seats, chosen, companionSeatsMax);
  if (companionSeats.length > 0)
    return refuse({ code: 'COMPANION_SEATS_EXCEEDED', companionSeats, companionSeatsMax });
  return ok(chosen);
}

/** Whether the seat is an accessible or a companion seat, which general sale has only after their release. */
export function isSetAside(seats: NumberedSeats, number: number): boolean {
  return hasFlag(seats, number, 'accessible') || hasFlag(seats, number, 'companion');
}

/** The chosen companion seats without their accessible seat, or beyond `companionSeatsMax` of it. */
export function companionsInExcess(
  { companionOf }: NumberedSeats,
  chosen: readonly number[],
  companionSeatsMax: number,
): readonly number[] {
  const companionsLeft = new Map(chosen.map((number) => [number, companionSeatsMax]));
  return chosen.filter((number) => {
    const accessibleSeat = companionOf[number - 1] ?? 0;
    if (accessibleSeat === 0) return false;
    const left = companionsLeft.get(accessibleSeat) ?? 0;
    companionsLeft.set(accessibleSeat, left - 1);
    return left <= 0;
  });
}
