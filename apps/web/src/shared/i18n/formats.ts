import { settings } from '../settings.ts';
import { locale } from './locale.ts';

/** Formats an amount in the minor unit of the currency; won has no other. */
export function formatMoney(amount: number): string {
  return formatter(
    'money',
    () => new Intl.NumberFormat(locale.value, { style: 'currency', currency: settings.currency }),
  ).format(amount);
}

export function formatNumber(count: number): string {
  return formatter('number', () => new Intl.NumberFormat(locale.value)).format(count);
}

/** Date and time of an ISO 8601 instant, in the time zone of the browser unless another is named. */
export function formatDateTime(instant: string, timeZone?: string): string {
  return formatter(
    `date-time ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(locale.value, {
        dateStyle: 'full',
        timeStyle: 'short',
        ...(timeZone === undefined ? {} : { timeZone }),
      }),
  ).format(new Date(instant));
}

/** The time of day of an ISO 8601 instant or of milliseconds, with seconds. */
export function formatTime(instant: string | number): string {
  return formatter('time', () => new Intl.DateTimeFormat(locale.value, { timeStyle: 'medium' })).format(
    new Date(instant),
  );
}

/** A countdown as `m:ss` or `h:mm:ss`; `ms` below zero reads as zero. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${twoDigits(m)}:${twoDigits(s)}` : `${m}:${twoDigits(s)}`;
}

/** A range as in "6 to 7 minutes"; one number where both are the same. */
export function formatUnitRange(low: number, high: number, unit: 'minute' | 'hour' | 'day'): string {
  const format = formatter(
    `unit ${unit}`,
    () => new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'long' }),
  );
  return low === high ? format.format(low) : format.formatRange(low, high);
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

type Formatter = Intl.NumberFormat | Intl.DateTimeFormat;
const formatters = new Map<string, Formatter>();

/** Creating a formatter costs more than a hundred uses of it. */
function formatter<F extends Formatter>(name: string, create: () => F): F {
  const key = `${locale.value} ${name}`;
  const known = formatters.get(key) ?? create();
  formatters.set(key, known);
  return known as F;
}
