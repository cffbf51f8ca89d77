import { type WebhookEndpoint, answerOf, getWebhookEndpoint } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { Allowed } from '../components/allowed.tsx';
import { Facts } from '../components/facts.tsx';
import { Instant } from '../components/instant.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useQuery } from '../data/use-query.ts';
import { Deliveries } from './deliveries.tsx';
import { EndpointActs } from './endpoint-acts.tsx';
import { EndpointBadge } from './endpoints.tsx';

/** One endpoint with what was sent to it. */
export function EndpointPage({ endpointId }: { readonly endpointId: string }) {
  const endpoint = useQuery(
    (signal) => answerOf(getWebhookEndpoint({ client, signal, path: { endpointId } })),
    [endpointId],
  );
  return (
    <Loaded query={endpoint} pageTitle="Webhook endpoint">
      {(read) => <LoadedEndpoint endpoint={read} onChanged={() => void endpoint.refresh()} />}
    </Loaded>
  );
}

type LoadedEndpointProps = { readonly endpoint: WebhookEndpoint; readonly onChanged: () => void };

function LoadedEndpoint({ endpoint, onChanged }: LoadedEndpointProps) {
  const { id, url, description, eventTypes, failingSince, createdAt } = endpoint;
  return (
    <div class="stack">
      <PageHead
        title={url}
        trail={[{ href: '/console/webhooks', text: 'Webhooks' }]}
        badges={<EndpointBadge endpoint={endpoint} />}
        lead={description}
      />
      <Allowed scope="admin">
        <EndpointActs endpoint={endpoint} onChanged={onChanged} />
      </Allowed>
      <section class="card">
        <Facts
          facts={[
            ['Events', eventTypes.join(', ')],
            ['Created', <Instant key="created" at={createdAt} />],
            ...(failingSince === null
              ? []
              : ([['Deliveries fail since', <Instant key="failing" at={failingSince} />]] as const)),
            ['Id', <code key="id">{id}</code>],
          ]}
        />
      </section>
      <Deliveries endpointId={id} />
    </div>
  );
}
