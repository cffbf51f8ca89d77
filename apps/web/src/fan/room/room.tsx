import type { Concert } from '@frontrow/client';
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import { tickets } from '../../shared/api.ts';
import { laterPart } from '../../shared/components/later-part.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { NoConcert } from '../concert/no-concert.tsx';
import { commonProblems } from '../problems/common-problems.ts';
import { ReadAgain } from '../problems/read-again.tsx';
import { useConcert } from '../sale/use-concert.ts';
import { SignedIn } from '../sign-in/signed-in.tsx';
import { NoPlace } from './ended-cards.tsx';
import { ConcertName } from './concert-name.tsx';
import { LoadingCard } from './loading-card.tsx';
import { roomMessages } from './messages.ts';
import type { PlaceInRoomProps } from './place-in-room.tsx';
import './room.css';

const PlaceInRoom = laterPart<PlaceInRoomProps>(
  async () => (await import('./place-in-room.tsx')).PlaceInRoom,
  LoadingCard,
);

/** `/concerts/:concertId/room`: where a fan waits, and is called. */
export default function RoomPage() {
  const { params } = useRoute();
  const concertId = params['concertId'] ?? '';
  return <LoadedRoom key={concertId} concertId={concertId} />;
}

function LoadedRoom({ concertId }: { readonly concertId: string }) {
  const { data, problem, reload } = useConcert(concertId);
  if (data !== null)
    return (
      <div class="room">
        <SignedIn loading={<RoomPlaceholder />} title={<RoomTitle concert={data} />}>
          {(userId) => <Room userId={userId} concert={data} />}
        </SignedIn>
      </div>
    );
  if (problem === null) return <RoomPlaceholder />;
  if (problem.code === 'NOT_FOUND' || problem.code === 'VALIDATION_FAILED') return <NoConcert />;
  return <ReadAgain text={textsOf(commonProblems)[problem.code]} onRead={reload} />;
}

function Room({ userId, concert }: { readonly userId: string; readonly concert: Concert }) {
  const [hasTicket, setTicket] = useState(() => tickets.value.read(concert.id) !== null);
  if (hasTicket) return <PlaceInRoom userId={userId} concert={concert} />;
  return <NoPlace concert={concert} onJoined={() => setTicket(true)} />;
}

function RoomTitle({ concert }: { readonly concert: Concert }) {
  const texts = textsOf(roomMessages);
  return (
    <div class="room-title">
      <ConcertName concert={concert} />
      <PageTitle title={`${texts.title} · ${concert.title}`}>{texts.title}</PageTitle>
    </div>
  );
}

function RoomPlaceholder() {
  const texts = textsOf(roomMessages);
  return (
    <div class="room">
      <PageTitle title={texts.title} />
      <div class="card room-card" role="status" aria-label={texts.loading}>
        <span class="placeholder room-placeholder" />
      </div>
    </div>
  );
}
