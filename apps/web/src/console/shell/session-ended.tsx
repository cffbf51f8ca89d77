import { Dialog } from '../../shared/components/dialog.tsx';
import { accessToken, renewSession } from '../../shared/identity/session.ts';
import { settings } from '../../shared/settings.ts';

/** Tells that the session has ended, above the page with what was entered there. */
export function SessionEnded() {
  return (
    <Dialog title="Your session has ended" onClose={askAgain}>
      <p>Sign in again in another tab. What you have entered here stays, and was not sent.</p>
      <div class="row">
        {settings.signInUrl !== null && (
          <a class="button" href={settings.signInUrl} target="_blank" rel="noopener">
            Sign in
          </a>
        )}
        <button type="button" class="button button-quiet" onClick={askAgain}>
          I have signed in
        </button>
      </div>
    </Dialog>
  );
}

function askAgain(): void {
  renewSession();
  accessToken().catch(() => undefined); // the dialog stays
}
