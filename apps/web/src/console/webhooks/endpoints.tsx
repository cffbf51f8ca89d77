import { type WebhookEndpoint, answerOf, listWebhookEndpoints } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { Allowed } from '../components/allowed.tsx';
import { Badge } from '../components/badges.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Instant } from '../components/instant.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { usePages } from '../data/use-query.ts';
import { CreateEndpoint } from './create-endpoint.tsx';
import { endpointState } from './event-types.ts';

export function Endpoints() {
  const isCreating = useSignal(false);
  const endpoints = usePages<WebhookEndpoint>(
    (cursor, signal) =>
      answerOf(listWebhookEndpoints({ client, signal, query: cursor === undefined ? {} : { cursor } })),
    [],
  );
  return (
    <div class="stack">
      <PageHead
        title="Webhooks"
        lead="Servers that are told what happens: signed, repeated until they answer, and logged."
      >
        <Allowed scope="admin">
          <button
            type="button"
            class="button"
            onClick={() => {
              isCreating.value = true;
            }}
          >
            Add an endpoint …
          </button>
        </Allowed>
      </PageHead>
      <Loaded query={endpoints}>
        {(items) => (
          <DataTable
            caption="Webhook endpoints"
            columns={COLUMNS}
            rows={items}
            rowKey={({ id }) => id}
            empty={<p>No server is told anything yet.</p>}
          />
        )}
      </Loaded>
      <LoadMore pages={endpoints} noun="endpoints" />
      {isCreating.value && (
        <CreateEndpoint
          onClose={() => {
            isCreating.value = false;
            void endpoints.refresh();
          }}
        />
      )}
    </div>
  );
}

const COLUMNS: readonly Column<WebhookEndpoint>[] = [
  {
    title: 'Address',
    cell: ({ id, url }) => (
      <a class="webhook-url" href={`/console/webhooks/${id}`}>
        {url}
      </a>
    ),
  },
  { title: 'Description', cell: ({ description }) => description || '–' },
  { title: 'State', cell: (endpoint) => <EndpointBadge endpoint={endpoint} /> },
  { title: 'Events', cell: ({ eventTypes }) => eventTypes.join(', ') },
  { title: 'Created', cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

export function EndpointBadge({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const [tone, text] = endpointState(endpoint);
  return <Badge tone={tone}>{text}</Badge>;
}
