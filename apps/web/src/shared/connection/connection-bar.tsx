import { useEffect } from 'preact/hooks';
import { announce } from '../announcements.tsx';
import { useNow } from '../components/use-now.ts';
import { formatNumber } from '../i18n/formats.ts';
import { textsOf } from '../i18n/locale.ts';
import { type Connection, connection, retryNow } from './connection.ts';
import { connectionMessages } from './messages.ts';
import './connection-bar.css';

/** Says across the page that requests fail, when they are tried again, and that they are answered again. */
export function ConnectionBar() {
  const current = connection.value;
  const title = titleOf(current);
  const more = moreOf(current);
  const spoken = title === null ? null : `${title.replace(/\.$/, '')}. ${more ?? ''}`;
  useEffect(() => {
    if (spoken !== null) announce(spoken);
  }, [spoken]);
  if (title === null) return null;
  return (
    <aside
      class={`connection-bar connection-bar-${current.kind}`}
      aria-label={textsOf(connectionMessages).connection}
    >
      <p>
        <strong>{title}</strong> {more}
      </p>
      {current.kind === 'away' && <NextTry retryAt={current.retryAt} />}
    </aside>
  );
}

function NextTry({ retryAt }: { readonly retryAt: number | null }) {
  const texts = textsOf(connectionMessages);
  const now = useNow();
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1000);
  return (
    <p class="connection-bar-retry">
      {seconds > 0 && <span class="numbers">{texts.retryIn(formatNumber(seconds))}</span>}
      <button type="button" class="button button-quiet" onClick={retryNow}>
        {texts.retryNow}
      </button>
    </p>
  );
}

function titleOf(current: Connection): string | null {
  const texts = textsOf(connectionMessages);
  if (current.kind === 'fine') return null;
  return current.kind === 'away' ? texts[current.reason] : texts[current.kind];
}

function moreOf(current: Connection): string | null {
  const texts = textsOf(connectionMessages);
  if (current.kind === 'offline') return texts.offlineMore;
  if (current.kind === 'away') return texts.awayMore;
  return current.kind === 'recovered' ? current.kept : null;
}
