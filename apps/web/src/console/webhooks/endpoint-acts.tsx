import {
  type WebhookEndpoint,
  answerOf,
  changeWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  sendWebhookTest,
} from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso/router';
import { client } from '../../shared/api.ts';
import { ConfirmByTyping } from '../components/confirm-by-typing.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import { EditEndpoint } from './edit-endpoint.tsx';
import { ReplayMessages } from './replay-messages.tsx';
import { SecretDialog } from './secret-dialog.tsx';

type EndpointActsProps = { readonly endpoint: WebhookEndpoint; readonly onChanged: () => void };

export function EndpointActs({ endpoint, onChanged }: EndpointActsProps) {
  const { route } = useLocation();
  const dialog = useSignal<'edit' | 'replay' | 'rotate' | 'delete' | null>(null);
  const secret = useSignal<string | null>(null);
  const { id, url, enabled } = endpoint;
  const path = { endpointId: id };
  const close = () => {
    dialog.value = null;
  };
  const enable = useAct(
    () => send(() => answerOf(changeWebhookEndpoint({ client, path, body: { enabled: !enabled } }))),
    () => {
      showToast(enabled ? 'Endpoint disabled' : 'Endpoint enabled');
      onChanged();
    },
  );
  const test = useAct(
    () => answerOf(sendWebhookTest({ client, path })),
    () => {
      showToast('A test message is on its way');
      onChanged();
    },
  );
  const rotate = useAct(
    () => answerOf(rotateWebhookSecret({ client, path })),
    (rotated) => {
      close();
      secret.value = rotated.secret;
    },
  );
  const remove = useAct(
    () => send(() => answerOf(deleteWebhookEndpoint({ client, path }))),
    () => {
      showToast('Endpoint deleted');
      route('/console/webhooks');
    },
  );
  const open = (name: 'edit' | 'replay' | 'rotate' | 'delete') => () => {
    dialog.value = name;
  };
  return (
    <>
      <div class="row">
        <ActButton text="Send a test" onClick={() => void test.run(undefined)} />
        <ActButton text="Edit …" onClick={open('edit')} />
        <ActButton text={enabled ? 'Disable' : 'Enable'} onClick={() => void enable.run(undefined)} />
        <ActButton text="Replay …" onClick={open('replay')} />
        <ActButton text="Rotate the secret …" onClick={open('rotate')} />
        <ActButton text="Delete …" onClick={open('delete')} />
      </div>
      <ProblemNotice problem={enable.problem.value ?? test.problem.value} />
      {dialog.value === 'edit' && <EditEndpoint endpoint={endpoint} onClose={close} onChanged={onChanged} />}
      {dialog.value === 'replay' && <ReplayMessages endpointId={id} onClose={close} />}
      {dialog.value === 'rotate' && (
        <ConfirmByTyping
          title="Rotate the secret"
          verb="Rotate"
          name={url}
          act={rotate}
          onConfirm={() => void rotate.run(undefined)}
          onClose={close}
        >
          <p>
            Messages are signed with the new and the old secret for 24 hours, and then with the new one alone.
          </p>
        </ConfirmByTyping>
      )}
      {dialog.value === 'delete' && (
        <ConfirmByTyping
          title="Delete the endpoint"
          verb="Delete"
          name={url}
          act={remove}
          onConfirm={() => void remove.run(undefined)}
          onClose={close}
        >
          <p>What is not delivered yet is never sent.</p>
        </ConfirmByTyping>
      )}
      {secret.value !== null && (
        <SecretDialog
          secret={secret.value}
          onClose={() => {
            secret.value = null;
          }}
        />
      )}
    </>
  );
}

function ActButton({ text, onClick }: { readonly text: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="button button-quiet" onClick={onClick}>
      {text}
    </button>
  );
}
