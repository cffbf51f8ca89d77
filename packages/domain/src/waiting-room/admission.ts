import { type BookingWindow, isBookable } from '../catalog/concert.ts';
import type { Visibility } from '../catalog/concert.ts';
import type { Sales } from '../catalog/sales.ts';
import type { ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import { ENDED_TOKEN_RETENTION_MS } from '../shared/limits.ts';
import { unreachable } from '../shared/invariant.ts';
import type { Instant } from '../shared/instant.ts';
import { type InventorySnapshot, mayBeSoldOut } from './inventory.ts';

export type AdmissionPolicy = {
  readonly state: 'RUNNING' | 'PAUSED';
  /** The organiser's text for fans while admission is PAUSED. */
  readonly reason: string | null;
  /** How many places a window admits at most. */
  readonly batchSize: number;
  readonly intervalMs: number;
  /** The whole batch when its window opens, or the same number in equal steps over the window. */
  readonly shape: 'batch' | 'smooth';
  readonly maxActive: number | null;
  /** Active places without a hold are at most this many times the sellable seats. */
  readonly sellableFactor: number | null;
  readonly sessionTtlMs: number;
  /** The claim window: how long an offered place waits for its check-in. */
  readonly claimTtlMs: number;
  /** How long a parked place may return. */
  readonly parkRetentionMs: number;
  /** How long nobody is admitted after a loss of Redis, while places are restored. */
  readonly recoveryGraceMs: number;
};

export const ADMISSION_POLICY_DEFAULT: AdmissionPolicy = {
  state: 'RUNNING',
  reason: null,
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

/** The policy after a change. A change of the state drops the reason of the state before. */
export function changeAdmission(
  current: AdmissionPolicy,
  change: Partial<AdmissionPolicy>,
): Result<AdmissionPolicy, ValidationFailed> {
  const reason = change.state === undefined ? current.reason : null;
  const changed = { ...current, reason, ...change };
  if (changed.state === 'PAUSED' || changed.reason === null) return ok(changed);
  const errors = [{ pointer: '/admission/reason', detail: 'is only for the state PAUSED' }];
  return refuse({ code: 'VALIDATION_FAILED', errors });
}

export type RoomState = 'NOT_OPEN' | 'OPEN' | 'PAUSED' | 'SOLD_OUT' | 'CLOSED';

/** When a date sells. `stop` is absent while its sales run. */
export type RoomWindow = BookingWindow & { readonly stop?: Pick<Sales, 'reason'> };

/** The window of a date. That of a cancelled date has ended with the cancellation. */
export function windowOf(
  { reservationStartAt, reservationEndAt }: BookingWindow,
  { state, reason }: Sales,
  cancelledAt: Instant | null,
): RoomWindow {
  const endAt = salesEndOf(reservationEndAt, cancelledAt);
  const window = { reservationStartAt: Math.min(reservationStartAt, endAt), reservationEndAt: endAt };
  return state === 'STOPPED' ? { ...window, stop: { reason } } : window;
}

/** When a date sells no more: with its booking window, or with its cancellation. */
export function salesEndOf(reservationEndAt: Instant, cancelledAt: Instant | null): Instant {
  return Math.min(reservationEndAt, cancelledAt ?? reservationEndAt);
}

/** The windows of an archived concert: no date sells, and its room closes. */
const NO_WINDOW: RoomWindow = { reservationStartAt: 0, reservationEndAt: 0 };

/** The windows that the room of a concert has. A draft opens no room, and an archived concert closes its own. */
export function roomWindows(visibility: Visibility, windows: readonly RoomWindow[]): readonly RoomWindow[] {
  switch (visibility) {
    case 'PUBLISHED':
      return windows;
    case 'DRAFT':
      return [];
    case 'ARCHIVED':
      return [NO_WINDOW];
    default:
      return unreachable(visibility);
  }
}

/** What admission depends on: the policy, and the booking windows of the concert's dates. */
export type RoomConfig = {
  /** Grows with every change, so that an older configuration never replaces a newer one. */
  readonly version: number;
  readonly admission: AdmissionPolicy;
  readonly windows: readonly RoomWindow[];
};

/** The configuration of the room of a concert that was deleted: newer than any other, and closed. */
export const DELETED_ROOM_CONFIG: RoomConfig = {
  version: 2 ** 32,
  admission: ADMISSION_POLICY_DEFAULT,
  windows: [NO_WINDOW],
};

/** All admissions in the present window share its allowance. */
export type AdmissionWindow = { readonly openedAt: Instant; readonly used: number };

export type Room = {
  readonly config: RoomConfig;
  /** Null before the first admission. */
  readonly window: AdmissionWindow | null;
  /** Every seat of every bookable date is SOLD, at the moment at which the room was read. */
  readonly soldOut: boolean;
  /** Nobody is admitted before this moment, because places are being restored after a loss of Redis. */
  readonly restoringUntil: Instant | null;
  /** How many seats refunds have returned to sale, at the last count; null before the first. */
  readonly seatsReturned: number | null;
};

/** The room of a concert that does not exist. */
export const UNKNOWN_ROOM: Room = {
  config: { version: 0, admission: ADMISSION_POLICY_DEFAULT, windows: [] },
  window: null,
  soldOut: false,
  restoringUntil: null,
  seatsReturned: null,
};

export function roomState({ config, soldOut }: Room, now: Instant): RoomState {
  const { windows, admission } = config;
  if (isRoomClosed(config, now)) return 'CLOSED';
  if (!windows.some((window) => isBookable(window, now))) return 'NOT_OPEN';
  if (soldOut) return 'SOLD_OUT';
  return admission.state === 'PAUSED' || !hasSales(config, now) ? 'PAUSED' : 'OPEN';
}

/** Whether a bookable date sells. */
function hasSales({ windows }: Pick<RoomConfig, 'windows'>, now: Instant): boolean {
  return windows.some((window) => window.stop === undefined && isBookable(window, now));
}

/** Why a PAUSED room admits nobody: the reason of the stopped sales, or else that of the admission policy. */
export function pauseReason({ windows, admission }: RoomConfig, now: Instant): string | null {
  if (hasSales({ windows }, now)) return admission.reason ?? null;
  return windows.find((window) => isBookable(window, now))?.stop?.reason ?? null;
}

/** Whether the concert has dates, and the booking window of each is over. */
export function isRoomClosed({ windows }: Pick<RoomConfig, 'windows'>, now: Instant): boolean {
  return windows.length > 0 && windows.every((window) => window.reservationEndAt <= now);
}

/**
 * Whether the room has been closed for `ENDED_TOKEN_RETENTION_MS`. It is removed once its last place has ended, and opens
 * again only for a new date.
 */
export function isRoomOver(config: Pick<RoomConfig, 'windows'>, now: Instant): boolean {
  return isRoomClosed(config, now - ENDED_TOKEN_RETENTION_MS);
}

export function isRestoring({ restoringUntil }: Pick<Room, 'restoringUntil'>, now: Instant): boolean {
  return restoringUntil !== null && now < restoringUntil;
}

/**
 * The window after the clock went back, as after a failover to a server that is behind: a window that opened in the future
 * opens now and keeps its use. Otherwise nobody would be admitted until that moment.
 */
export function correctedWindow(window: AdmissionWindow | null, now: Instant): AdmissionWindow | null {
  return window !== null && now < window.openedAt ? { ...window, openedAt: now } : window;
}

/** The present window, or a new one after `intervalMs`. */
export function windowAt(
  window: AdmissionWindow | null,
  { intervalMs }: AdmissionPolicy,
  now: Instant,
): AdmissionWindow {
  return window === null || now >= window.openedAt + intervalMs ? { openedAt: now, used: 0 } : window;
}

/**
 * The window after the fan of this place has left its slot. An admission that was made in this window counts no longer, so a
 * fan who joins and leaves again and again uses up no allowance. `admittedBefore` is the highest sequence that may have been
 * admitted before the window opened.
 */
export function windowAfterLeaving(
  window: AdmissionWindow | null,
  { intervalMs }: AdmissionPolicy,
  sequence: number,
  admittedBefore: number,
  now: Instant,
): AdmissionWindow | null {
  if (window === null || now >= window.openedAt + intervalMs || sequence <= admittedBefore) return window;
  return { ...window, used: Math.max(0, window.used - 1) };
}

/** A smooth window admits its batch in this many equal steps. */
export const SMOOTH_STEPS = 20;

/** How many places this window may still admit at `now`. An unused allowance lapses with its window. */
export function allowanceLeft(
  { openedAt, used }: AdmissionWindow,
  { batchSize, intervalMs, shape }: AdmissionPolicy,
  now: Instant,
): number {
  if (shape === 'batch') return Math.max(0, batchSize - used);
  const step = Math.min(SMOOTH_STEPS, Math.floor(((now - openedAt) * SMOOTH_STEPS) / intervalMs) + 1);
  return Math.max(0, Math.ceil((batchSize * step) / SMOOTH_STEPS) - used);
}

/** With a `sellableFactor` nobody is admitted on an inventory snapshot that is older than this many intervals. */
export const INVENTORY_INTERVALS_MAX = 2;

/**
 * Whether the room may admit anybody: it is open, and no places are being restored. After a loss of Redis, and after sales
 * that no count covers, only the next count can tell that seats are left.
 */
export function mayAdmit(
  room: Room,
  inventory: InventorySnapshot | null,
  soldTotal: number,
  now: Instant,
): boolean {
  if (roomState(room, now) !== 'OPEN' || isRestoring(room, now)) return false;
  return (room.restoringUntil === null || inventory !== null) && !mayBeSoldOut(inventory, soldTotal, now);
}

/** How many places may be admitted now: `left` of the window, within `maxActive` and `sellableFactor`. */
export function admissible(
  left: number,
  { maxActive, sellableFactor, intervalMs }: AdmissionPolicy,
  active: number,
  inventory: Pick<InventorySnapshot, 'sellable' | 'holders' | 'countedAt'> | null,
  now: Instant,
): number {
  const room = maxActive === null ? left : Math.min(left, maxActive - active);
  if (sellableFactor === null) return Math.max(0, room);
  if (inventory === null || now - inventory.countedAt > INVENTORY_INTERVALS_MAX * intervalMs) return 0;
  const withoutHold = active - inventory.holders;
  return Math.max(0, Math.min(room, Math.ceil(sellableFactor * inventory.sellable) - withoutHold));
}

/** The wait at the policy's rate, in ms. Null while nobody is admitted. `position` is 1 for the next place in the line. */
export function estimateWaitMs(room: Room, position: number, now: Instant): number | null {
  if (roomState(room, now) !== 'OPEN') return null;
  const { config, window } = room;
  const nextWindowMs = window === null ? 0 : Math.max(0, window.openedAt + config.admission.intervalMs - now);
  return waitAtRateMs(config.admission, nextWindowMs, position);
}

/** The same from the next opening of a booking window on, and until then, in ms. Null where none will open. */
export function waitBeforeOpeningMs({ config }: Room, position: number, now: Instant): number | null {
  const openings = config.windows
    .map(({ reservationStartAt }) => reservationStartAt)
    .filter((at) => at > now);
  if (openings.length === 0) return null;
  return Math.min(...openings) - now + waitAtRateMs(config.admission, 0, position);
}

function waitAtRateMs(
  { shape, intervalMs, batchSize }: AdmissionPolicy,
  nextWindowMs: number,
  position: number,
): number {
  if (shape === 'smooth') return Math.ceil((position * intervalMs) / batchSize);
  return nextWindowMs + (Math.ceil(position / batchSize) - 1) * intervalMs;
}

export const POLL_MIN_MS = 1_000;
export const POLL_MAX_MS = 20_000;
const POLL_JITTER = 0.2;

/**
 * The time until the next poll: a quarter of the wait, between 1 s and 20 s, ±20 % so that a crowd does not poll at the
 * same moment. `random` is in [0, 1).
 */
export function pollAfterMs(waitMs: number | null, random: number): number {
  const base = Math.min(POLL_MAX_MS, Math.max(POLL_MIN_MS, (waitMs ?? Infinity) / 4));
  return Math.round(base * (1 - POLL_JITTER + 2 * POLL_JITTER * random));
}
