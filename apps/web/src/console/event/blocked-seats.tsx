import { type BlockedSeat, type Event, answerOf, listBlockedSeats } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { type Column, DataTable } from '../components/data-table.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { usePages } from '../data/use-query.ts';
import { may } from '../sign-in/scopes.ts';
import { ReleaseSeats } from './seats/block-seats.tsx';

const PAGE_LIMIT = 100;

/** The seats that the house keeps back, with the reasons. */
export function BlockedSeats({ event }: { readonly event: Event }) {
  const releasing = useSignal<number | null>(null);
  const path = { eventId: event.id };
  const seats = usePages<BlockedSeat>(
    (cursor, signal) =>
      answerOf(
        listBlockedSeats({
          client,
          signal,
          path,
          query: { limit: PAGE_LIMIT, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    [event.id],
  );
  const close = () => {
    releasing.value = null;
  };
  return (
    <div class="stack">
      <Loaded query={seats}>
        {(items) => (
          <DataTable
            caption="Blocked seats"
            rows={items}
            rowKey={({ number }) => `${number}`}
            empty={
              <>
                <p>No seat is blocked.</p>
                <a href={`/console/events/${event.id}/seats`}>Choose seats to block</a>
              </>
            }
            columns={
              may('sales:write')
                ? [...COLUMNS, releaseColumn((number) => (releasing.value = number))]
                : COLUMNS
            }
          />
        )}
      </Loaded>
      <LoadMore pages={seats} noun="blocked seats" />
      {releasing.value !== null && (
        <ReleaseSeats
          event={event}
          seatNumbers={[releasing.value]}
          onClose={close}
          onDone={() => {
            close();
            void seats.refresh();
          }}
        />
      )}
    </div>
  );
}

const COLUMNS: readonly Column<BlockedSeat>[] = [
  { title: 'Number', cell: ({ number }) => number },
  { title: 'Section', cell: ({ section }) => section ?? '–' },
  { title: 'Row', cell: ({ row }) => row ?? '–' },
  { title: 'Seat', cell: ({ label }) => label ?? '–' },
  { title: 'Reason', cell: ({ reason }) => reason },
];

function releaseColumn(onRelease: (number: number) => void): Column<BlockedSeat> {
  return {
    title: 'Acts',
    kind: 'acts',
    cell: ({ number }) => (
      <button
        type="button"
        class="button button-quiet"
        aria-label={`Release seat ${number}`}
        onClick={() => onRelease(number)}
      >
        Release …
      </button>
    ),
  };
}
