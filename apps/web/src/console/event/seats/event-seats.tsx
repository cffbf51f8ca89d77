import { type Event, answerOf, exportLayout, getSeatStates } from '@frontrow/client';
import { useComputed, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { client } from '../../../shared/api.ts';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { Query } from '../../data/query.ts';
import { useQuery } from '../../data/use-query.ts';
import { type Hall, hallOf } from '../../hall/hall.ts';
import { HallPicture } from '../../hall/hall-picture.tsx';
import { partsOf } from '../../hall/parts.ts';
import { PartsList } from './parts-list.tsx';
import { SeatActs } from './seat-acts.tsx';
import { SeatGrid } from './seat-grid.tsx';
import { Legend } from './legend.tsx';
import { createSelection } from './selection.ts';
import './seats.css';

const POLL_MS = 2_000;
type States = { readonly states: string; readonly layoutVersion: number };

/** The hall of a date as it is, where staff block, release and give seats. */
export function EventSeats({ event }: { readonly event: Event }) {
  const path = { eventId: event.id };
  const states = useQuery<States>((signal) => answerOf(getSeatStates({ client, signal, path })), [event.id], {
    pollMs: POLL_MS,
  });
  const version = useComputed(() => states.data.value?.layoutVersion ?? event.layoutVersion);
  const layout = useQuery(
    (signal) => answerOf(exportLayout({ client, signal, path })),
    [event.id, version.value],
  );
  const hall = useMemo(
    () => (layout.data.value === null ? null : hallOf(layout.data.value)),
    [layout.data.value],
  );
  if (hall === null) return <Loaded query={layout}>{() => null}</Loaded>;
  return <HallOfEvent event={event} hall={hall} states={states} />;
}

type HallOfEventProps = { readonly event: Event; readonly hall: Hall; readonly states: Query<States> };

function HallOfEvent({ event, hall, states }: HallOfEventProps) {
  const parts = useMemo(() => partsOf(hall), [hall]);
  const selection = useMemo(createSelection, [event.id]);
  const letters = useComputed(() => states.data.value?.states ?? '');
  const opened = useSignal(0);
  const part = parts[opened.value] ?? parts[0];
  const openPartOf = (number: number) => {
    const index = parts.findLastIndex(({ firstNumber }) => firstNumber <= number);
    if (index >= 0) opened.value = index;
  };
  return (
    <div class="stack">
      <ProblemNotice problem={states.problem.value} />
      <Legend letters={letters} categories={hall.categories} />
      <div class="hall">
        <div class="stack hall-overview">
          <HallPicture hall={hall} letters={letters} onPick={openPartOf} />
          <PartsList parts={parts} letters={letters} opened={opened} />
        </div>
        {part !== undefined && (
          <section class="stack" aria-label={part.name}>
            <h2>{part.name}</h2>
            <SeatGrid part={part} categories={hall.categories} letters={letters} selection={selection} />
          </section>
        )}
      </div>
      <SeatActs
        event={event}
        hall={hall}
        letters={letters}
        selection={selection}
        onChanged={() => void states.refresh()}
      />
    </div>
  );
}
