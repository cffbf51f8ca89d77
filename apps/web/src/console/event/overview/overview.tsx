import { useSignal } from '@preact/signals';
import { Allowed } from '../../components/allowed.tsx';
import { Notice } from '../../../shared/components/notice.tsx';
import type { Query } from '../../data/query.ts';
import type { VersionedEvent } from '../event-data.ts';
import { CancelEvent } from './cancel-event.tsx';
import { CancellationProgress } from './cancellation-progress.tsx';
import { CheckInCounts } from './check-in-counts.tsx';
import { DeleteEvent } from './delete-event.tsx';
import { EditEvent } from './edit-event.tsx';
import { EventFacts } from './event-facts.tsx';
import { SalesControl } from './sales-control.tsx';
import { SalesCounts } from './sales-counts.tsx';

type OverviewProps = {
  readonly read: VersionedEvent;
  readonly query: Query<VersionedEvent>;
};

/** The state of a date, and what changes the whole of it. */
export function Overview({ read, query }: OverviewProps) {
  const { event } = read;
  const dialog = useSignal<'edit' | 'cancel' | 'delete' | null>(null);
  const refresh = () => void query.refresh();
  const onClose = () => {
    dialog.value = null;
  };
  const onDone = () => {
    onClose();
    refresh();
  };
  const open = (name: 'edit' | 'cancel' | 'delete') => () => {
    dialog.value = name;
  };
  const isCancelled = event.salesState === 'CANCELLED';
  return (
    <div class="stack">
      {isCancelled && <CancellationProgress eventId={event.id} />}
      {event.salesState === 'STOPPED' && (
        <Notice tone="warn" title="The sales of this date are stopped">
          <p>{event.reason ?? 'Without a reason.'}</p>
        </Notice>
      )}
      <SalesCounts eventId={event.id} />
      <Allowed scope="check-in">
        <CheckInCounts eventId={event.id} />
      </Allowed>
      <section class="card stack">
        <div class="row row-spread">
          <h2>Date</h2>
          <div class="row">
            <SalesControl event={event} onChanged={refresh} />
            <Allowed scope="sales:write">
              <button type="button" class="button button-quiet" onClick={open('edit')}>
                Edit …
              </button>
              <a
                class="button button-quiet"
                href={`/console/concerts/${event.concertId}/new-date?from=${event.id}`}
              >
                Copy …
              </a>
            </Allowed>
          </div>
        </div>
        <EventFacts event={event} />
      </section>
      <Allowed scope="sales:write">
        <section class="card stack">
          <h2>End of the date</h2>
          <div class="row">
            {!isCancelled && (
              <button type="button" class="button button-quiet" onClick={open('cancel')}>
                Cancel the date …
              </button>
            )}
            <button type="button" class="button button-quiet" onClick={open('delete')}>
              Delete the date …
            </button>
          </div>
        </section>
      </Allowed>
      {dialog.value === 'edit' && <EditEvent read={read} onClose={onClose} onDone={onDone} />}
      {dialog.value === 'cancel' && <CancelEvent event={event} onClose={onClose} onDone={onDone} />}
      {dialog.value === 'delete' && <DeleteEvent read={read} onClose={onClose} />}
    </div>
  );
}
