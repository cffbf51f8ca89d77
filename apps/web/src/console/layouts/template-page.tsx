import {
  type Layout,
  type LayoutTemplateWithLayout,
  answerOf,
  deleteLayoutTemplate,
  getLayoutTemplate,
  replaceLayoutTemplate,
} from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso/router';
import { client, patientClient } from '../../shared/api.ts';
import { Allowed } from '../components/allowed.tsx';
import { ConfirmByTyping } from '../components/confirm-by-typing.tsx';
import { TextField } from '../components/fields.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import { useQuery } from '../data/use-query.ts';
import { DownloadCsv } from '../orders/download-csv.tsx';
import { errorAt } from '../problems/field-errors.ts';
import { may } from '../sign-in/scopes.ts';
import { ChangesList } from './changes-list.tsx';
import { ExportJson } from './export-json.tsx';
import { FaultList } from './fault-list.tsx';
import { LayoutEditor } from './layout-editor.tsx';
import { layoutFaults } from './layout-faults.ts';
import { readTemplate } from './read-versioned.ts';

/** One template: a drawing, its names and prices, and its files. */
export function TemplatePage({ layoutTemplateId }: { readonly layoutTemplateId: string }) {
  const query = useQuery((signal) => readTemplate(layoutTemplateId, signal), [layoutTemplateId]);
  return (
    <Loaded query={query} pageTitle="Layout template">
      {({ template, etag }) => (
        <LoadedTemplate key={etag} template={template} etag={etag} onChanged={() => void query.refresh()} />
      )}
    </Loaded>
  );
}

type LoadedTemplateProps = {
  readonly template: LayoutTemplateWithLayout;
  readonly etag: string;
  readonly onChanged: () => void;
};

function LoadedTemplate({ template, etag, onChanged }: LoadedTemplateProps) {
  const { route } = useLocation();
  const layout = useSignal<Layout>(template.layout);
  const name = useSignal(template.name);
  const isDeleting = useSignal(false);
  const path = { layoutTemplateId: template.id };
  const headers = { 'If-Match': etag };
  const save = useAct(
    () => {
      const body = { name: name.value, layout: layout.value };
      return send(() => answerOf(replaceLayoutTemplate({ client, path, body, headers })));
    },
    () => {
      showToast('Template saved');
      onChanged();
    },
  );
  const remove = useAct(
    () => send(() => answerOf(deleteLayoutTemplate({ client, path, headers }))),
    () => {
      showToast('Template deleted');
      route('/console/layouts');
    },
  );
  const problem = save.problem.value;
  const faults = layoutFaults(problem, { kind: 'form', layout: layout.value }, '/layout');
  return (
    <div class="stack">
      <PageHead title={template.name} trail={[{ href: '/console/layouts', text: 'Layouts' }]}>
        <ExportJson name={`${template.id}.json`} layout={layout.value} />
        <DownloadCsv
          name={`${template.id}.csv`}
          text="Export CSV"
          read={() =>
            getLayoutTemplate({ client: patientClient, path, query: { format: 'csv' }, parseAs: 'text' })
          }
        />
        <Allowed scope="sales:write">
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              isDeleting.value = true;
            }}
          >
            Delete …
          </button>
        </Allowed>
      </PageHead>
      <Allowed scope="sales:write">
        <TextField label="Name" value={name} required maxLength={100} error={errorAt(problem, '/name')} />
      </Allowed>
      <LayoutEditor layout={layout} isReadOnly={!may('sales:write')} />
      <Allowed scope="sales:write">
        <section class="card stack">
          <ChangesList before={template.layout} after={layout.value} />
          <FaultList faults={faults} />
          {faults.length === 0 && <ProblemNotice problem={problem} />}
          <p>
            <button
              type="button"
              class="button"
              aria-disabled={save.isSending.value}
              onClick={() => void save.run(undefined)}
            >
              {save.isSending.value ? 'Sending …' : 'Save the template'}
            </button>
          </p>
        </section>
      </Allowed>
      {isDeleting.value && (
        <ConfirmByTyping
          title="Delete the template"
          verb="Delete"
          name={template.name}
          act={remove}
          onConfirm={() => void remove.run(undefined)}
          onClose={() => {
            isDeleting.value = false;
          }}
        >
          <p>Dates that were made with it stay as they are.</p>
        </ConfirmByTyping>
      )}
    </div>
  );
}
