import { answerOf, createWebhookEndpoint } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { client } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { useAct } from '../data/act.ts';
import { EndpointFields, blockedByTypes, createEndpointForm, readEndpointForm } from './endpoint-form.tsx';
import { ALL_TYPES } from './event-types.ts';
import { SecretDialog } from './secret-dialog.tsx';

/** Adds an endpoint, and shows its secret once. A repeat would add another, so nothing is sent twice by itself. */
export function CreateEndpoint({ onClose }: { readonly onClose: () => void }) {
  const form = useMemo(() => createEndpointForm({ url: '', description: '', eventTypes: ALL_TYPES }), []);
  const secret = useSignal<string | null>(null);
  const act = useAct(
    () => answerOf(createWebhookEndpoint({ client, body: readEndpointForm(form) })),
    (created) => {
      secret.value = created.secret;
    },
  );
  if (secret.value !== null) return <SecretDialog secret={secret.value} onClose={onClose} />;
  return (
    <ActDialog
      title="Add an endpoint"
      verb="Add"
      act={act}
      blocked={blockedByTypes(form)}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      <EndpointFields form={form} problem={act.problem.value} />
      {act.problem.value?.code === 'UNREACHABLE' && (
        <p>It may have been added all the same. Close this form and look at the list first.</p>
      )}
    </ActDialog>
  );
}
