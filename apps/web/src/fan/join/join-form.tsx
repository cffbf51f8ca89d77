import { answerOf, issueQueueToken } from '@frontrow/client';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { client, clock, tickets } from '../../shared/api.ts';
import { useNow } from '../../shared/components/use-now.ts';
import { send } from '../../shared/connection/send.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { goToSignIn, session } from '../../shared/identity/session.ts';
import { settings } from '../../shared/settings.ts';
import { SignInDialog } from '../sign-in/sign-in-dialog.tsx';
import './join.css';
import { CodeField } from './code-field.tsx';
import { rememberJustJoined } from './just-joined.ts';
import { NEW_JOIN, afterRefusal, needsCode } from './join-state.ts';
import { joinMessages } from './messages.ts';

type JoinFormProps = {
  readonly concertId: string;
  readonly label?: string;
  /** Called once the fan has a place; without it the fan goes to the waiting room. */
  readonly onJoined?: () => void;
};

/** Joins the waiting room: at once, after a sign-in, or with a presale code where the server asks for one. */
export function JoinForm({ concertId, label, onJoined }: JoinFormProps) {
  const texts = textsOf(joinMessages);
  const { route } = useLocation();
  const [state, setState] = useState(NEW_JOIN);
  const [isJoining, setJoining] = useState(false);
  const [isSigningIn, setSigningIn] = useState(false);
  const [code, setCode] = useState('');
  const asksForCode = needsCode(state, useNow(clock));
  const problem = state.problem?.code === 'SALE_CODE_REQUIRED' ? null : state.problem;

  const join = async () => {
    setJoining(true);
    const body = asksForCode ? { code: code.trim() } : {};
    const answer = await send(() => answerOf(issueQueueToken({ client, path: { concertId }, body })));
    setJoining(false);
    if (!answer.ok) return setState((before) => afterRefusal(before, answer.problem));
    tickets.value.keep(answer.data);
    rememberJustJoined(concertId);
    if (onJoined === undefined) route(`/concerts/${concertId}/room`);
    else onJoined();
  };
  const joinOrSignIn = () => {
    if (isJoining) return;
    if (session.value.kind === 'signed-in') void join();
    else if (settings.mode === 'session') goToSignIn();
    else setSigningIn(true);
  };

  return (
    <>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          joinOrSignIn();
        }}
      >
        {asksForCode && (
          <CodeField
            code={code}
            onCode={setCode}
            presaleUntil={state.presaleUntil ?? ''}
            isRefused={problem !== null}
          />
        )}
        <div>
          <div role="alert">
            {problem !== null && <p class="field-error join-problem">{texts.problems[problem.code]}</p>}
          </div>
          <button class="button" aria-disabled={isJoining}>
            {isJoining ? texts.joining : (label ?? texts.join)}
          </button>
        </div>
        <p class="muted small">{texts.joinHint}</p>
      </form>
      {isSigningIn && (
        <SignInDialog
          onClose={() => setSigningIn(false)}
          onDone={() => {
            setSigningIn(false);
            void join();
          }}
        />
      )}
    </>
  );
}
