import { useSignal } from '@preact/signals';
import { useLocation, useRoute } from 'preact-iso/router';
import { useEffect } from 'preact/hooks';
import { laterPart } from '../../shared/components/later-part.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { SignedIn } from '../sign-in/signed-in.tsx';
import type { AdmittedHallProps } from './admitted-hall.tsx';
import { type HallEntry, enterHall } from './enter-hall.ts';
import './hall.css';
import { HallSkeleton } from './hall-skeleton.tsx';

const loadAdmittedHall = async () => (await import('./admitted-hall.tsx')).AdmittedHall;
const AdmittedHall = laterPart<AdmittedHallProps>(loadAdmittedHall, HallSkeleton);

/** The page of a date: an admitted fan chooses seats and holds them. */
export default function Hall() {
  const eventId = useRoute().params['eventId'] ?? '';
  return (
    <SignedIn loading={<HallSkeleton />}>{() => <HallOfFan key={eventId} eventId={eventId} />}</SignedIn>
  );
}

function HallOfFan({ eventId }: { readonly eventId: string }) {
  const entry = useSignal<HallEntry | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const prepare = () => void loadAdmittedHall().catch(() => undefined); // the part itself says what fails
    const enter = async () => {
      const found = await enterHall(eventId, leaving.signal, prepare);
      if (!leaving.signal.aborted) entry.value = found;
    };
    void enter();
    return () => leaving.abort();
  }, [eventId]);
  const found = entry.value;
  if (found === null) return <HallSkeleton />;
  if (found.kind === 'missing') return <NotFound />;
  if (found.kind === 'no-place') return <ToRoom concertId={found.concertId} />;
  return <AdmittedHall event={found.event} session={found.session} />;
}

/** The waiting room leads back to the dates once the fan is admitted. */
function ToRoom({ concertId }: { readonly concertId: string }) {
  const { route } = useLocation();
  useEffect(() => route(`/concerts/${concertId}/room`, true), []);
  return <HallSkeleton />;
}
