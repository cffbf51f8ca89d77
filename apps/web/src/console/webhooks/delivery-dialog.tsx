import {
  type WebhookDeliveryWithAttempts,
  answerOf,
  getWebhookDelivery,
  redeliverWebhook,
} from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { Dialog } from '../../shared/components/dialog.tsx';
import { Allowed } from '../components/allowed.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Instant } from '../components/instant.tsx';
import { Loaded } from '../components/loaded.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import { useQuery } from '../data/use-query.ts';
import { prettyJson } from './pretty-json.ts';

type DeliveryDialogProps = {
  readonly endpointId: string;
  readonly messageId: string;
  readonly onClose: () => void;
  readonly onChanged: () => void;
};

/** One message with its attempts. */
export function DeliveryDialog({ endpointId, messageId, onClose, onChanged }: DeliveryDialogProps) {
  const path = { endpointId, messageId };
  const delivery = useQuery(
    (signal) => answerOf(getWebhookDelivery({ client, signal, path })),
    [endpointId, messageId],
  );
  const act = useAct(
    () => send(() => answerOf(redeliverWebhook({ client, path }))),
    () => {
      showToast('The message is due again');
      onChanged();
      onClose();
    },
  );
  return (
    <Dialog title={`Message ${messageId}`} onClose={onClose}>
      <Loaded query={delivery}>{(read) => <Delivery of={read} />}</Loaded>
      <ProblemNotice problem={act.problem.value} />
      <div class="row">
        <Allowed scope="admin">
          <button
            type="button"
            class="button"
            aria-disabled={act.isSending.value}
            onClick={() => void act.run(undefined)}
          >
            Send it again
          </button>
        </Allowed>
        <button type="button" class="button button-quiet" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Delivery({ of: { type, body, attempts } }: { readonly of: WebhookDeliveryWithAttempts }) {
  return (
    <div class="stack delivery">
      <DataTable
        caption="Attempts"
        columns={COLUMNS}
        rows={attempts}
        rowKey={({ attempt, attemptedAt }) => `${attempt} ${attemptedAt}`}
        empty={<p>It was not sent yet.</p>}
      />
      <h3>{type}</h3>
      <textarea class="input delivery-body" readOnly rows={10} aria-label="Body of the message">
        {prettyJson(body)}
      </textarea>
    </div>
  );
}

const COLUMNS: readonly Column<WebhookDeliveryWithAttempts['attempts'][number]>[] = [
  { title: 'Attempt', cell: ({ attempt }) => attempt },
  { title: 'Time', cell: ({ attemptedAt }) => <Instant at={attemptedAt} /> },
  { title: 'Answer', cell: ({ statusCode, error }) => (statusCode === null ? (error ?? '–') : statusCode) },
  { title: 'Took', kind: 'number', cell: ({ durationMs }) => `${durationMs} ms` },
];
