import { useSignal } from '@preact/signals';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { goToSignIn, signInAs } from '../../shared/identity/session.ts';
import { settings } from '../../shared/settings.ts';

const ROLES = {
  admin: 'Administrator: everything',
  'sales:read': 'Sales, read only',
  'sales:read sales:write': 'Sales, read and change',
  'check-in': 'Check-in at the gate',
};

/** The way into the console: the sign-in page of the installation, or any role on a development server. */
export function SignIn() {
  const scope = useSignal<string>('admin');
  if (settings.mode === 'session')
    return (
      <div class="stack">
        <PageTitle title="Sign in" />
        <p>
          <button type="button" class="button" onClick={goToSignIn}>
            Sign in
          </button>
        </p>
      </div>
    );
  return (
    <form
      class="stack card sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void signInAs('operator', scope.value);
      }}
    >
      <PageTitle title="Sign in" />
      <p>This server is for trying out: choose a role, and no password.</p>
      <label class="field">
        <span>Role</span>
        <select
          value={scope.value}
          onChange={({ currentTarget }) => {
            scope.value = currentTarget.value;
          }}
        >
          {Object.entries(ROLES).map(([scopes, text]) => (
            <option key={scopes} value={scopes}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <button class="button">Sign in</button>
    </form>
  );
}
