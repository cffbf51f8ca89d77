import { useSignal } from '@preact/signals';
import { useLocation, useRoute } from 'preact-iso/router';
import { useEffect } from 'preact/hooks';
import { NotFound } from '../shell/not-found.tsx';
import { SignedIn } from '../sign-in/signed-in.tsx';
import './hall.css';
import { HallOver } from './hall-over.tsx';
import { HallSkeleton } from './hall-skeleton.tsx';
import { HallView } from './hall-view.tsx';
import { type OpenHall, openHall } from './open-hall.ts';

/** The page of a date: an admitted fan chooses seats and holds them. */
export default function Hall() {
  const eventId = useRoute().params['eventId'] ?? '';
  return (
    <SignedIn loading={<HallSkeleton />}>{() => <HallOfFan key={eventId} eventId={eventId} />}</SignedIn>
  );
}

function HallOfFan({ eventId }: { readonly eventId: string }) {
  const opened = useSignal<OpenHall | null>(null);
  useEffect(() => {
    const hall = openHall(eventId);
    const refresh = () => document.visibilityState === 'visible' && hall.refresh();
    opened.value = hall;
    document.addEventListener('visibilitychange', refresh);
    return () => {
      document.removeEventListener('visibilitychange', refresh);
      hall.close();
    };
  }, [eventId]);
  const phase = opened.value?.phase.value ?? { kind: 'loading' };
  if (phase.kind === 'missing') return <NotFound />;
  if (phase.kind === 'no-place') return <ToRoom concertId={phase.concertId} />;
  if (phase.kind === 'over') return <HallOver event={phase.model.event} code={phase.code} />;
  if (phase.kind === 'loading' || opened.value === null) return <HallSkeleton />;
  if (phase.model.facts.value === null) return <HallSkeleton />; // until the first reading of the seats
  return <HallView model={phase.model} opened={opened.value} />;
}

/** The waiting room leads back to the dates once the fan is admitted. */
function ToRoom({ concertId }: { readonly concertId: string }) {
  const { route } = useLocation();
  useEffect(() => route(`/concerts/${concertId}/room`, true), []);
  return <HallSkeleton />;
}
