import { type Event, answerOf, createEvent } from '@frontrow/client';
import { useMemo } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import { client, clock } from '../../shared/api.ts';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { sendOnce } from '../data/send.ts';
import { readEvent } from '../event/event-data.ts';
import { EventFields } from '../event/overview/event-fields.tsx';
import {
  type EventTexts,
  createEventForm,
  readEventForm,
  textsOfEvent,
} from '../event/overview/event-form.ts';
import { useQuery } from '../data/use-query.ts';
import { FaultList } from './fault-list.tsx';
import { layoutFaults } from './layout-faults.ts';
import { createSeatSource, seatsOfSource, sourceBlockedBy } from './seat-source.ts';
import { SeatSourceFields } from './seat-source-fields.tsx';
import { newDateBody } from './new-date-body.ts';
import { textHash } from './text-hash.ts';
import '../event/event.css';
import './layouts.css';

/** Adds a date to a concert, alone or as a copy of another date (`?from=`). */
export default function NewDate() {
  const concertId = useRoute().params['concertId'] ?? '';
  const { from } = useLocation().query;
  if (from === undefined) return <NewDateForm concertId={concertId} copied={null} />;
  return <CopiedDate concertId={concertId} from={from} />;
}

function CopiedDate({ concertId, from }: { readonly concertId: string; readonly from: string }) {
  const copied = useQuery((signal) => readEvent(from, signal), [from]);
  return (
    <Loaded query={copied} pageTitle="Copy of a date">
      {({ event }) => <NewDateForm concertId={concertId} copied={event} />}
    </Loaded>
  );
}

type NewDateFormProps = { readonly concertId: string; readonly copied: Event | null };

function NewDateForm({ concertId, copied }: NewDateFormProps) {
  const { route } = useLocation();
  const form = useMemo(
    () => createEventForm(copied === null ? emptyTexts(clock.now()) : textsOfEvent(copied)),
    [],
  );
  const source = useMemo(() => createSeatSource(copied), []);
  const act = useAct(
    async () => {
      const seats = await seatsOfSource(source);
      if (!seats.ok) return seats;
      const body = newDateBody(readEventForm(form), seats.data);
      const same = { ...readEventForm(form), seats: textHash(JSON.stringify(seats.data)) };
      return sendOnce(`create-date/${concertId}`, same, (headers) =>
        answerOf(createEvent({ client, path: { concertId }, body, headers })),
      );
    },
    (event) => {
      showToast('Date added');
      route(`/console/events/${event.id}`);
    },
  );
  const problem = act.problem.value;
  const blocked = sourceBlockedBy(source);
  const file = source.file.value;
  const faults =
    source.kind.value === 'file' && file !== null
      ? layoutFaults(problem, { kind: 'json', text: file.text }, '/layout')
      : [];
  return (
    <form
      class="stack form-page"
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === null) void act.run(undefined);
      }}
    >
      <PageHead
        title={copied === null ? 'Add a date' : `Copy of ${copied.venue}`}
        trail={[{ href: `/console/concerts/${concertId}/dates`, text: 'Dates' }]}
        lead={copied === null ? '' : 'Everything but the orders is copied. Change what differs.'}
      />
      <EventFields form={form} problem={problem} hasLayout={source.kind.value !== 'plain'} isNew />
      <SeatSourceFields source={source} copied={copied} onChosen={act.clear} />
      <FaultList faults={faults} />
      {faults.length === 0 && <ProblemNotice problem={problem} />}
      <p>
        <button
          class="button"
          aria-disabled={blocked !== null || act.isSending.value}
          title={blocked ?? undefined}
        >
          {act.isSending.value ? 'Sending …' : 'Add the date'}
        </button>
      </p>
    </form>
  );
}

const DAY_MS = 86_400_000;

/** A date in a month whose sale opens in a week, at full hours. */
function emptyTexts(now: number): EventTexts {
  const inDays = (days: number) =>
    new Date(Math.ceil((now + days * DAY_MS) / 3_600_000) * 3_600_000).toISOString();
  return {
    venue: '',
    startsAt: inDays(30),
    timeZone: 'Asia/Seoul',
    reservationStartAt: inDays(7),
    reservationEndAt: inDays(30),
    refundUntil: '',
    accessibleReleaseAt: '',
    seatCount: '50',
    price: '',
  };
}
