import { type WebhookDelivery, answerOf, listWebhookDeliveries } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { Badge, type Tone } from '../components/badges.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { SelectField } from '../components/fields.tsx';
import { Instant } from '../components/instant.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { usePages } from '../data/use-query.ts';
import { DeliveryDialog } from './delivery-dialog.tsx';

type Status = WebhookDelivery['status'];

const STATUSES: Readonly<Record<Status, readonly [Tone, string]>> = {
  PENDING: ['accent', 'Due'],
  DELIVERED: ['good', 'Delivered'],
  FAILED: ['bad', 'Failed'],
};
const CHOICES: Readonly<Record<Status | 'ANY', string>> = {
  ANY: 'Any state',
  PENDING: 'Due',
  DELIVERED: 'Delivered',
  FAILED: 'Failed',
};
const POLL_MS = 3_000;

/** What was sent to an endpoint, newest first. */
export function Deliveries({ endpointId }: { readonly endpointId: string }) {
  const status = useSignal<Status | 'ANY'>('ANY');
  const opened = useSignal<string | null>(null);
  const only = status.value;
  const deliveries = usePages<WebhookDelivery>(
    (cursor, signal) =>
      answerOf(
        listWebhookDeliveries({
          client,
          signal,
          path: { endpointId },
          query: {
            limit: 50,
            ...(only === 'ANY' ? {} : { status: only }),
            ...(cursor === undefined ? {} : { cursor }),
          },
        }),
      ),
    [endpointId, only],
    { pollMs: POLL_MS },
  );
  return (
    <section class="stack">
      <div class="section-head">
        <h2>Deliveries</h2>
        <SelectField label="State" value={status} options={CHOICES} />
      </div>
      <Loaded query={deliveries}>
        {(items) => (
          <DataTable
            caption="Deliveries"
            columns={columnsOf((messageId) => {
              opened.value = messageId;
            })}
            rows={items}
            rowKey={({ messageId }) => messageId}
            empty={<p>Nothing was sent.</p>}
          />
        )}
      </Loaded>
      <LoadMore pages={deliveries} noun="deliveries" />
      {opened.value !== null && (
        <DeliveryDialog
          endpointId={endpointId}
          messageId={opened.value}
          onClose={() => {
            opened.value = null;
          }}
          onChanged={() => void deliveries.refresh()}
        />
      )}
    </section>
  );
}

function columnsOf(onOpen: (messageId: string) => void): readonly Column<WebhookDelivery>[] {
  return [
    { title: 'Message', cell: ({ messageId }) => <code>{messageId}</code> },
    { title: 'Event', cell: ({ type }) => type },
    { title: 'State', cell: ({ status }) => <Badge tone={STATUSES[status][0]}>{STATUSES[status][1]}</Badge> },
    { title: 'Happened', cell: ({ occurredAt }) => <Instant at={occurredAt} /> },
    { title: 'Attempts', kind: 'number', cell: ({ attemptCount }) => attemptCount },
    {
      title: 'Next attempt',
      cell: ({ nextAttemptAt }) => (nextAttemptAt === null ? '–' : <Instant at={nextAttemptAt} />),
    },
    {
      title: 'Acts',
      kind: 'acts',
      cell: ({ messageId }) => (
        <button
          type="button"
          class="button button-quiet"
          aria-label={`Show the attempts of ${messageId}`}
          onClick={() => onOpen(messageId)}
        >
          Attempts …
        </button>
      ),
    },
  ];
}
