import { type Crowd as CrowdState, answerOf, getCrowd, stopCrowd } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { settings } from '../../../shared/settings.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { useQuery } from '../../data/use-query.ts';
import { may } from '../../sign-in/scopes.ts';
import { SendCrowd } from './send-crowd.tsx';

const POLL_MS = 1_500;

const PARTS = {
  coming: 'on the way',
  waiting: 'waiting',
  choosing: 'choosing seats',
  holding: 'holding seats',
  paid: 'paid',
  gaveUp: 'gave up',
} as const;

/** A crowd of bots, on a server that keeps everything in memory. */
export function Crowd() {
  return settings.memory && may('admin') ? <CrowdIfAny /> : null;
}

/** A server that cannot start bots answers 404, and is asked once. */
function CrowdIfAny() {
  const first = useQuery((signal) => answerOf(getCrowd({ client, signal })), []);
  return first.data.value === null ? null : <CrowdOfServer />;
}

function CrowdOfServer() {
  const isSending = useSignal(false);
  const crowd = useQuery((signal) => answerOf(getCrowd({ client, signal })), [], { pollMs: POLL_MS });
  const state = crowd.data.value;
  if (state === null) return null;
  return (
    <section class="card crowd" aria-label="Crowd of bots">
      {state.running ? (
        <Running state={state} onStopped={() => void crowd.refresh()} />
      ) : (
        <div class="row">
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              isSending.value = true;
            }}
          >
            Send a crowd
          </button>
          <span class="muted small">
            {state.fans === 0
              ? 'Bots join, wait, choose, pay and give up as people do.'
              : `The last crowd: ${partsText(state)}.`}
          </span>
        </div>
      )}
      {isSending.value && (
        <SendCrowd
          onSent={() => void crowd.refresh()}
          onClose={() => {
            isSending.value = false;
          }}
        />
      )}
    </section>
  );
}

function Running({ state, onStopped }: { readonly state: CrowdState; readonly onStopped: () => void }) {
  const stop = useAct(
    () => send(() => answerOf(stopCrowd({ client }))),
    () => {
      showToast('The crowd leaves');
      onStopped();
    },
  );
  const ended = state.counts.paid + state.counts.gaveUp;
  return (
    <div class="stack">
      <div class="row">
        <button
          type="button"
          class="button button-quiet"
          aria-disabled={stop.isSending.value}
          onClick={() => void stop.run(null)}
        >
          Stop the crowd
        </button>
        <progress aria-label="Bots whose visit is over" max={state.fans} value={ended} />
        <span class="small numbers">{partsText(state)}</span>
      </div>
      <ProblemNotice problem={stop.problem.value} />
    </div>
  );
}

function partsText({ counts }: CrowdState): string {
  return (Object.entries(PARTS) as [keyof typeof PARTS, string][])
    .filter(([part]) => counts[part] > 0)
    .map(([part, text]) => `${formatNumber(counts[part])} ${text}`)
    .join(', ');
}
