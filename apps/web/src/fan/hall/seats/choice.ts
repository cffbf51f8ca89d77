import type { SeatStatus } from '@frontrow/client';

/** Adds a seat to the end of a choice, or removes it. */
export function toggleSeat(choice: readonly number[], number: number): readonly number[] {
  return choice.includes(number) ? choice.filter((chosen) => chosen !== number) : [...choice, number];
}

/** Divides a choice into the seats that are still free and those that others have taken. */
export function splitByStatus(
  choice: readonly number[],
  statusOf: (number: number) => SeatStatus,
): { readonly kept: readonly number[]; readonly lost: readonly number[] } {
  const isFree = (number: number) => statusOf(number) === 'AVAILABLE';
  return { kept: choice.filter(isFree), lost: choice.filter((number) => !isFree(number)) };
}

/** Reads a stored choice; anything else is an empty one. */
export function readChoice(text: string | null): readonly number[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.filter((entry) => Number.isInteger(entry)) : [];
  } catch {
    return [];
  }
}
