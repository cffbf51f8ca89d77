import type { Concert } from '@frontrow/client';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { ConcertName } from './concert-name.tsx';
import { roomMessages } from './messages.ts';

export function LoadingCard({ concert }: { readonly concert: Concert }) {
  const texts = textsOf(roomMessages);
  return (
    <section class="card room-card">
      <ConcertName concert={concert} />
      <PageTitle title={`${texts.title} · ${concert.title}`}>{texts.title}</PageTitle>
      <p class="muted">{texts.loading}</p>
      <span class="placeholder room-placeholder" aria-hidden="true" />
    </section>
  );
}
