import { type WebhookEndpoint, answerOf, changeWebhookEndpoint } from '@frontrow/client';
import { useMemo } from 'preact/hooks';
import { client } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import { EndpointFields, blockedByTypes, createEndpointForm, readEndpointForm } from './endpoint-form.tsx';

type EditEndpointProps = {
  readonly endpoint: WebhookEndpoint;
  readonly onClose: () => void;
  readonly onChanged: () => void;
};

export function EditEndpoint({ endpoint, onClose, onChanged }: EditEndpointProps) {
  const form = useMemo(() => createEndpointForm(endpoint), []);
  const path = { endpointId: endpoint.id };
  const act = useAct(
    () => send(() => answerOf(changeWebhookEndpoint({ client, path, body: readEndpointForm(form) }))),
    () => {
      showToast('Endpoint changed');
      onClose();
      onChanged();
    },
  );
  return (
    <ActDialog
      title="Edit the endpoint"
      verb="Save"
      act={act}
      blocked={blockedByTypes(form)}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      <EndpointFields form={form} problem={act.problem.value} />
    </ActDialog>
  );
}
