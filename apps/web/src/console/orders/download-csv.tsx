import { answerOf } from '@frontrow/client';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { saveFile } from '../components/save-file.ts';

type Read = Parameters<typeof answerOf>[0];

type DownloadCsvProps = {
  readonly name: string;
  /** Asks the API for the file as text, with the token of the session, which a plain link would not send. */
  readonly read: () => Read;
  readonly text?: string;
};

/** Saves a CSV file of the API. */
export function DownloadCsv({ name, read, text = 'Download CSV' }: DownloadCsvProps) {
  const act = useAct<undefined, unknown>(
    () => answerOf(read()),
    (data) => {
      saveFile(name, new Blob([String(data)], { type: 'text/csv' }));
      showToast('CSV downloaded');
    },
  );
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        aria-disabled={act.isSending.value}
        onClick={() => void act.run(undefined)}
      >
        {act.isSending.value ? 'Downloading …' : text}
      </button>
      <ProblemNotice problem={act.problem.value} />
    </>
  );
}
