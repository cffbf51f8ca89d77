import type { Instant } from '../../shared/instant.ts';

/** A count of things that tell something only some time after they happened. */
export type DelayedCount = {
  /** How many are old enough. */
  readonly due: number;
  readonly pending: readonly { readonly at: Instant; readonly count: number }[];
};

export const NOTHING_DELAYED: DelayedCount = { due: 0, pending: [] };

/** The delay is kept to this fraction of itself, so that little has to be remembered. */
const SLOTS = 16;

export function addDelayed(
  counted: DelayedCount,
  count: number,
  now: Instant,
  delayMs: number,
): DelayedCount {
  const old = counted.pending.filter(({ at }) => at <= now - delayMs);
  const pending = counted.pending.slice(old.length);
  const last = pending.at(-1);
  if (last !== undefined && now - last.at < delayMs / SLOTS) {
    pending[pending.length - 1] = { at: last.at, count: last.count + count };
  } else if (count > 0) pending.push({ at: now, count });
  return { due: old.reduce((sum, slot) => sum + slot.count, counted.due), pending };
}

/** Lets what was counted weigh less. */
export function fadeDelayed({ due, pending }: DelayedCount, factor: number): DelayedCount {
  return { due: due * factor, pending };
}
