import { useLocation } from 'preact-iso/router';
import { Brand } from '../../shared/components/brand.tsx';
import { Choice } from '../../shared/components/choice.tsx';
import { session, signOutOfDev } from '../../shared/identity/session.ts';
import { settings } from '../../shared/settings.ts';
import { theme } from '../../shared/theme.ts';

const LINKS = [
  ['/console', 'Concerts'],
  ['/console/layouts', 'Layouts'],
  ['/console/users', 'Users'],
  ['/console/webhooks', 'Webhooks'],
  ['/console/audit', 'Audit log'],
  ['/console/jobs', 'Jobs'],
] as const;

/** Dates and orders belong to their concerts. */
function isWithin(path: string, href: string): boolean {
  const part = path.split('/')[2] ?? 'concerts';
  const area = ['events', 'reservations'].includes(part) ? 'concerts' : part;
  return area === (href.split('/')[2] ?? 'concerts');
}

function signOut(): void {
  signOutOfDev();
  location.assign('/console');
}

export function ConsoleHeader() {
  const { path } = useLocation();
  return (
    <header class="header">
      <Brand href="/console" suffix="console" />
      <nav class="header-links" aria-label="Main menu">
        {LINKS.map(([href, text]) => (
          <a key={href} href={href} aria-current={isWithin(path, href) ? 'page' : undefined}>
            {text}
          </a>
        ))}
      </nav>
      <Choice
        label="Theme"
        value={theme.value}
        options={{ system: 'Automatic', light: 'Light', dark: 'Dark' }}
        onChange={(chosen) => {
          theme.value = chosen;
        }}
      />
      {session.value.kind === 'signed-in' && (
        <div class="row">
          <span class="badge">{session.value.bearer.userId}</span>
          {settings.mode === 'dev' && (
            <button type="button" class="button button-quiet" onClick={signOut}>
              Sign out
            </button>
          )}
        </div>
      )}
    </header>
  );
}
