import { formatDateTime } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { saleMessages } from './messages.ts';

type DateTimeProps = {
  readonly instant: string;
  /** The IANA name of the zone of the venue. */
  readonly timeZone: string;
};

/** A date by the clock of the venue, and by the fan's own where that reads differently. */
export function DateTime({ instant, timeZone }: DateTimeProps) {
  const texts = textsOf(saleMessages);
  const [atVenue, here] = [atZone(instant, timeZone), formatDateTime(instant)];
  if (atVenue === here) return <time dateTime={instant}>{here}</time>;
  return (
    <time dateTime={instant}>
      {atVenue} ({texts.venueTime})<br />
      <span class="muted small">{texts.yourTime(here)}</span>
    </time>
  );
}

/** By the clock of the venue; by the fan's where this browser does not know the zone. */
export function atZone(instant: string, timeZone: string): string {
  try {
    return formatDateTime(instant, timeZone);
  } catch {
    return formatDateTime(instant);
  }
}
