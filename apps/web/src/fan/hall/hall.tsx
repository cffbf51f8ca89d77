import { useSignal } from '@preact/signals';
import { useLocation, useRoute } from 'preact-iso/router';
import { useEffect } from 'preact/hooks';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { SignedIn } from '../sign-in/signed-in.tsx';
import './hall.css';
import { HallOver } from './hall-over.tsx';
import { HallSkeleton } from './hall-skeleton.tsx';
import { HallView } from './hall-view.tsx';
import { hallMessages } from './messages.ts';
import { type OpenHall, openHall } from './open-hall.ts';

/** The page of a date: an admitted fan chooses seats and holds them. */
export default function Hall() {
  const eventId = useRoute().params['eventId'] ?? '';
  return (
    <SignedIn loading={<HallSkeleton />}>{() => <HallOfFan key={eventId} eventId={eventId} />}</SignedIn>
  );
}

function HallOfFan({ eventId }: { readonly eventId: string }) {
  const texts = textsOf(hallMessages);
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
  if (phase.kind === 'missing') return <PageTitle title={texts.missing} />;
  if (phase.kind === 'no-place') return <ToRoom concertId={phase.concertId} />;
  if (phase.kind === 'over') return <HallOver event={phase.model.event} code={phase.code} />;
  if (phase.kind === 'loading' || opened.value === null) return <HallSkeleton />;
  return <HallView model={phase.model} opened={opened.value} />;
}

/** The waiting room leads back to the dates once the fan is admitted. */
function ToRoom({ concertId }: { readonly concertId: string }) {
  const { route } = useLocation();
  useEffect(() => route(`/concerts/${concertId}/room`, true), []);
  return <HallSkeleton />;
}
