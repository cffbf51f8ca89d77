import type { EventDetails } from '@frontrow/client';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { formatDateTime } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { hallMessages } from './messages.ts';

/** What the seats are for. */
export function HallHeader({ event }: { readonly event: EventDetails }) {
  const texts = textsOf(hallMessages);
  return (
    <div class="hall-header">
      <PageTitle title={`${texts.title} · ${event.concert.title}`}>
        {event.concert.title} <span class="visually-hidden">{texts.title}</span>
      </PageTitle>
      <p class="muted">
        <time dateTime={event.startsAt}>{formatDateTime(event.startsAt, event.timeZone)}</time>
        {' · '}
        {event.venue}
      </p>
    </div>
  );
}
