import { formatUnitRange } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { roomMessages } from './messages.ts';
import type { Line } from './room-view.ts';

const UNITS = [
  { unit: 'minute', seconds: 60, until: 90 * 60 },
  { unit: 'hour', seconds: 3_600, until: 48 * 3_600 },
  { unit: 'day', seconds: 86_400, until: Infinity },
] as const;

/** An estimate as people say it: rounded outwards to whole minutes, hours or days. */
export function formatWait(wait: Line['wait']): string {
  const texts = textsOf(roomMessages);
  if (wait === null) return texts.waitUnknown;
  const { medianSeconds, p90Seconds } = wait;
  if (p90Seconds < 60) return texts.underAMinute;
  const { unit, seconds } = UNITS.find(({ until }) => p90Seconds < until) ?? UNITS[2];
  const high = Math.ceil(p90Seconds / seconds);
  const low = Math.min(high, Math.max(1, Math.floor(medianSeconds / seconds)));
  return texts.about(formatUnitRange(low, high, unit));
}
