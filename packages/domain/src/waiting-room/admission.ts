import { type BookingWindow, isBookable } from '../catalog/concert.ts';
import type { Instant } from '../shared/instant.ts';

export type AdmissionPolicy = {
  readonly state: 'RUNNING' | 'PAUSED';
  /** How many tokens a window admits. */
  readonly batchSize: number;
  readonly intervalMs: number;
  /** The whole batch as its window opens, or the same number spread over the window. */
  readonly shape: 'batch' | 'smooth';
  readonly maxActive: number | null;
  /** Never more active fans without a hold than this many times the seats still to be had. */
  readonly sellableFactor: number | null;
  readonly sessionTtlMs: number;
  /** How long an admitted fan has to show up before the slot goes to the next. */
  readonly claimTtlMs: number;
  /** How long a fan who did not show up is let in first on return. */
  readonly parkRetentionMs: number;
  /** How long nobody is admitted after a loss of Redis, while the waiting return to their places. */
  readonly recoveryGraceMs: number;
};

export const ADMISSION_POLICY_DEFAULT: AdmissionPolicy = {
  state: 'RUNNING',
  batchSize: 1400,
  intervalMs: 10_000,
  shape: 'batch',
  maxActive: null,
  sellableFactor: null,
  sessionTtlMs: 600_000,
  claimTtlMs: 120_000,
  parkRetentionMs: 600_000,
  recoveryGraceMs: 30_000,
};

export type RoomState = 'NOT_OPEN' | 'OPEN' | 'PAUSED' | 'SOLD_OUT' | 'CLOSED';

/** What a waiting room is run by: the policy and the booking windows of the concert's dates. */
export type RoomConfig = {
  /** Grows with every change, so that an older configuration never replaces a newer one. */
  readonly version: number;
  readonly admission: AdmissionPolicy;
  readonly windows: readonly BookingWindow[];
};

/** The present admission window: all admissions in it share its allowance. */
export type AdmissionWindow = { readonly openedAt: Instant; readonly used: number };

export type Room = {
  readonly config: RoomConfig;
  /** Null before the first admission. */
  readonly window: AdmissionWindow | null;
  /** Every seat of every bookable date is SOLD. */
  readonly soldOut: boolean;
  /** Until then nobody is admitted, because the waiting are returning to their places after a loss of Redis. */
  readonly restoringUntil: Instant | null;
};

/** The room of a concert that does not exist. */
export const UNKNOWN_ROOM: Room = {
  config: { version: 0, admission: ADMISSION_POLICY_DEFAULT, windows: [] },
  window: null,
  soldOut: false,
  restoringUntil: null,
};

export function roomState({ config, soldOut }: Room, now: Instant): RoomState {
  const { windows, admission } = config;
  if (isRoomClosed(config, now)) return 'CLOSED';
  if (!windows.some((window) => isBookable(window, now))) return 'NOT_OPEN';
  if (soldOut) return 'SOLD_OUT';
  return admission.state === 'PAUSED' ? 'PAUSED' : 'OPEN';
}

/** A concert with dates, all of which have ended selling. */
export function isRoomClosed({ windows }: Pick<RoomConfig, 'windows'>, now: Instant): boolean {
  return windows.length > 0 && windows.every((window) => window.reservationEndAt <= now);
}

export function isRestoring({ restoringUntil }: Pick<Room, 'restoringUntil'>, now: Instant): boolean {
  return restoringUntil !== null && now < restoringUntil;
}

/**
 * The window by a clock that may have gone back, as after a failover to a server that is behind: one that opened in the
 * future opens now and keeps what it has used, or nobody would be admitted until that moment.
 */
export function correctedWindow(window: AdmissionWindow | null, now: Instant): AdmissionWindow | null {
  return window !== null && now < window.openedAt ? { ...window, openedAt: now } : window;
}

/** The window that `now` falls into: the present one, or a new one once `intervalMs` has passed. */
export function windowAt(
  window: AdmissionWindow | null,
  { intervalMs }: AdmissionPolicy,
  now: Instant,
): AdmissionWindow {
  return window === null || now >= window.openedAt + intervalMs ? { openedAt: now, used: 0 } : window;
}

/** A smooth window gives out its batch in this many equal steps. */
export const SMOOTH_STEPS = 20;

/** How many may still be admitted now in this window; what a window does not use lapses with it. */
export function allowanceLeft(
  { openedAt, used }: AdmissionWindow,
  { batchSize, intervalMs, shape }: AdmissionPolicy,
  now: Instant,
): number {
  if (shape === 'batch') return Math.max(0, batchSize - used);
  const step = Math.min(SMOOTH_STEPS, Math.floor(((now - openedAt) * SMOOTH_STEPS) / intervalMs) + 1);
  return Math.max(0, Math.ceil((batchSize * step) / SMOOTH_STEPS) - used);
}

/** What the room was last told of the concert's seats. */
export type InventorySnapshot = {
  /** Seats that can be had. */
  readonly sellable: number;
  /** Active fans with a live hold. */
  readonly holders: number;
  readonly countedAt: Instant;
};

/** With a `sellableFactor` nobody is admitted on an inventory snapshot that is older than this many intervals. */
export const INVENTORY_INTERVALS_MAX = 2;

/** How many may be admitted now: what the window has left, within the cap on active tokens and what there is to sell. */
export function admissible(
  left: number,
  { maxActive, sellableFactor, intervalMs }: AdmissionPolicy,
  active: number,
  stock: InventorySnapshot | null,
  now: Instant,
): number {
  const room = maxActive === null ? left : Math.min(left, maxActive - active);
  if (sellableFactor === null) return Math.max(0, room);
  if (stock === null || now - stock.countedAt > INVENTORY_INTERVALS_MAX * intervalMs) return 0;
  const withoutHold = active - stock.holders;
  return Math.max(0, Math.min(room, Math.ceil(sellableFactor * stock.sellable) - withoutHold));
}

/** The wait at the policy's own rate, in ms; null while nobody is admitted. `position` is 1 for the next in line. */
export function estimateWaitMs(room: Room, position: number, now: Instant): number | null {
  if (roomState(room, now) !== 'OPEN') return null;
  const { intervalMs, batchSize, shape } = room.config.admission;
  const window = room.window;
  const nextWindowMs = window === null ? 0 : Math.max(0, window.openedAt + intervalMs - now);
  if (shape === 'smooth') return Math.ceil((position * intervalMs) / batchSize);
  return nextWindowMs + (Math.ceil(position / batchSize) - 1) * intervalMs;
}

export const POLL_MIN_MS = 1_000;
export const POLL_MAX_MS = 20_000;
const POLL_JITTER = 0.2;

/**
 * When to ask again: about a quarter of the wait, from 1 s to 20 s, then ±20 % so that a crowd does not poll in step.
 * `random` is from 0 up to 1.
 */
export function pollAfterMs(waitMs: number | null, random: number): number {
  const base = Math.min(POLL_MAX_MS, Math.max(POLL_MIN_MS, (waitMs ?? Infinity) / 4));
  return Math.round(base * (1 - POLL_JITTER + 2 * POLL_JITTER * random));
}
