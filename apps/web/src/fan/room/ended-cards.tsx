import type { Concert } from '@frontrow/client';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { JoinForm } from '../join/join-form.tsx';
import { ConcertName } from './concert-name.tsx';
import { roomMessages } from './messages.ts';
import type { EndReason } from './room-view.ts';

type EndedCardProps = {
  readonly concert: Concert;
  readonly why: EndReason;
  readonly onJoined: () => void;
};

/** Why a place has ended, and what the fan can do now. */
export function EndedCard({ concert, why, onJoined }: EndedCardProps) {
  const texts = textsOf(roomMessages);
  const title = texts.ended[why];
  return (
    <section class="card room-card">
      <ConcertName concert={concert} />
      <PageTitle title={`${title} · ${concert.title}`}>{title}</PageTitle>
      <p>{texts.endedMore[why]}</p>
      {why === 'PAID' ? (
        <a class="button" href="/tickets">
          {texts.toTickets}
        </a>
      ) : (
        <JoinForm concertId={concert.id} label={texts.joinAgain} onJoined={onJoined} />
      )}
      <ToConcert concert={concert} />
    </section>
  );
}

type NoPlaceProps = {
  readonly concert: Concert;
  /** Whether there was a ticket that the server refuses. */
  readonly isRefused?: boolean;
  readonly onJoined: () => void;
};

/** A fan without a ticket on this device. */
export function NoPlace({ concert, isRefused = false, onJoined }: NoPlaceProps) {
  const texts = textsOf(roomMessages);
  const [title, more] = isRefused ? [texts.notFound, texts.notFoundMore] : [texts.noPlace, texts.noPlaceMore];
  return (
    <section class="card room-card">
      <ConcertName concert={concert} />
      <PageTitle title={`${texts.title} · ${concert.title}`}>{title}</PageTitle>
      <p>{more}</p>
      <JoinForm concertId={concert.id} onJoined={onJoined} />
      <ToConcert concert={concert} />
    </section>
  );
}

function ToConcert({ concert }: { readonly concert: Concert }) {
  return (
    <p>
      <a href={`/concerts/${concert.id}`}>{textsOf(roomMessages).toConcert}</a>
    </p>
  );
}
