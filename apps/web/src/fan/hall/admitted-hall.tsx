import type { EventDetails } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { NotFound } from '../shell/not-found.tsx';
import type { FanSession } from './enter-hall.ts';
import { HallOver } from './hall-over.tsx';
import { HallSkeleton } from './hall-skeleton.tsx';
import { HallView } from './hall-view.tsx';
import { type OpenHall, openHall } from './open-hall.ts';

export type AdmittedHallProps = { readonly event: EventDetails; readonly session: FanSession };

/** The hall of a date for an admitted fan. */
export function AdmittedHall({ event, session }: AdmittedHallProps) {
  const opened = useSignal<OpenHall | null>(null);
  useEffect(() => {
    const hall = openHall(event, session);
    const refresh = () => document.visibilityState === 'visible' && hall.refresh();
    opened.value = hall;
    document.addEventListener('visibilitychange', refresh);
    return () => {
      document.removeEventListener('visibilitychange', refresh);
      hall.close();
    };
  }, [event]);
  const phase = opened.value?.phase.value ?? { kind: 'loading' };
  if (phase.kind === 'missing') return <NotFound />;
  if (phase.kind === 'over') return <HallOver event={phase.model.event} code={phase.code} />;
  if (phase.kind === 'loading' || opened.value === null) return <HallSkeleton />;
  if (phase.model.facts.value === null) return <HallSkeleton />; // until the first reading of the seats
  return <HallView model={phase.model} opened={opened.value} />;
}
