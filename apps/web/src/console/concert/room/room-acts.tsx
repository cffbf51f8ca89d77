import type { Concert, Policy } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { Allowed } from '../../components/allowed.tsx';
import { Crowd } from './crowd.tsx';
import { EndPlace } from './end-place.tsx';
import { PauseAdmission, ResumeAdmission } from './pause-admission.tsx';
import { RestartSales, StopSales } from './stop-sales.tsx';

type RoomActsProps = {
  readonly concert: Concert;
  /** Null before it is read. */
  readonly policy: Policy | null;
  readonly afterAct: () => void;
};

const DIALOGS = {
  pause: PauseAdmission,
  resume: ResumeAdmission,
  stop: StopSales,
  restart: RestartSales,
  end: EndPlace,
};

/** What an operator does to a running sale. */
export function RoomActs({ concert, policy, afterAct }: RoomActsProps) {
  const open = useSignal<keyof typeof DIALOGS | null>(null);
  const close = () => {
    open.value = null;
  };
  const opener = (what: keyof typeof DIALOGS, text: string, isDangerous = false) => (
    <button
      type="button"
      class={isDangerous ? 'button button-quiet button-danger-quiet' : 'button button-quiet'}
      onClick={() => {
        open.value = what;
      }}
    >
      {text}
    </button>
  );
  const Dialog = open.value === null ? null : DIALOGS[open.value];
  const isPaused = policy?.admission.state === 'PAUSED';
  return (
    <Allowed
      scope="sales:write"
      otherwise={<p class="muted small">Your account shows the room. Acts need the scope sales:write.</p>}
    >
      <div class="row" role="group" aria-label="Acts on the room">
        {isPaused ? opener('resume', 'Resume admission') : opener('pause', 'Pause admission')}
        {isPaused && opener('pause', 'Change the reason')}
        {concert.salesState === 'STOPPED'
          ? opener('restart', 'Restart sales')
          : opener('stop', 'Stop all sales', true)}
        {opener('end', 'End a place')}
      </div>
      <Crowd />
      {Dialog && (
        <Dialog
          concert={concert}
          onClose={close}
          onDone={() => {
            close();
            afterAct();
          }}
        />
      )}
    </Allowed>
  );
}
