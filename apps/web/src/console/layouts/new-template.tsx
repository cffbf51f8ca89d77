import { answerOf, createLayoutTemplate } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { client } from '../../shared/api.ts';
import { TextField } from '../components/fields.tsx';
import { PageHead } from '../components/page-head.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { sendOnce } from '../data/send.ts';
import { HallPicture } from '../hall/hall-picture.tsx';
import { hallOf } from '../hall/hall.ts';
import { errorAt } from '../problems/field-errors.ts';
import { FaultList } from './fault-list.tsx';
import { ImportFile, type ImportedFile } from './import-file.tsx';
import { layoutFaults } from './layout-faults.ts';
import { textHash } from './text-hash.ts';

/** Keeps the layout of a JSON or CSV file. */
export function NewTemplate() {
  const { route } = useLocation();
  const name = useSignal('');
  const file = useSignal<ImportedFile | null>(null);
  const read = file.value?.read;
  const hall = useMemo(() => (read?.ok === true ? hallOf(read.layout) : null), [read]);
  const act = useAct(
    () => {
      const body = {
        name: name.value,
        ...(file.value?.kind === 'csv' ? { seatsCsv: file.value.text } : {}),
        ...(read?.ok === true ? { layout: read.layout } : {}),
      };
      const same = { name: name.value, file: textHash(file.value?.text ?? '') };
      return sendOnce('create-template', same, (headers) =>
        answerOf(createLayoutTemplate({ client, body, headers })),
      );
    },
    ({ id, name: saved }) => {
      showToast(`${saved} is saved`);
      route(`/console/layouts/${id}`);
    },
  );
  const problem = act.problem.value;
  const faults =
    file.value === null
      ? []
      : layoutFaults(problem, file.value, file.value.kind === 'csv' ? '/seatsCsv' : '/layout');
  const isBlocked = file.value === null || read?.ok === false;
  return (
    <form
      class="stack form-page"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBlocked) void act.run(undefined);
      }}
    >
      <PageHead title="Add a template" trail={[{ href: '/console/layouts', text: 'Layouts' }]} />
      <TextField label="Name" value={name} required maxLength={100} error={errorAt(problem, '/name')} />
      <ImportFile file={file} kinds={['json', 'csv']} onChosen={act.clear} />
      {hall !== null && <HallPicture hall={hall} />}
      <FaultList faults={faults} />
      {faults.length === 0 && <ProblemNotice problem={problem} />}
      <p>
        <button class="button" aria-disabled={isBlocked || act.isSending.value}>
          {act.isSending.value ? 'Sending …' : 'Keep the layout'}
        </button>
      </p>
    </form>
  );
}
