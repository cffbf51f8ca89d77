import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { textsOf } from '../../shared/i18n/locale.ts';
import { concertsMessages } from './messages.ts';

/** Long enough that a fan who types makes one request, not one a letter. */
const SEARCH_AFTER_MS = 300;
/** The longest search that the server takes. */
export const WORDS_MAX = 100;

/** The search, kept in the address: a reload, a link and the back button show the same concerts. */
export function SearchField({ words }: { readonly words: string }) {
  const texts = textsOf(concertsMessages);
  const { route } = useLocation();
  const [typed, setTyped] = useState(words);
  const sent = useRef(words);

  const search = (text: string) => {
    const wanted = text.trim();
    if (wanted === sent.current) return;
    sent.current = wanted;
    route(addressOf(wanted), true);
  };
  useEffect(() => {
    const timer = setTimeout(() => search(typed), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    // The address has changed by a link or the back button.
    if (words === sent.current) return;
    sent.current = words;
    setTyped(words);
  }, [words]);

  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(typed);
      }}
    >
      <input
        class="input"
        type="search"
        name="q"
        aria-label={texts.search}
        placeholder={texts.search}
        maxLength={WORDS_MAX}
        enterKeyHint="search"
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </form>
  );
}

export function addressOf(words: string): string {
  return words === '' ? '/' : `/?${new URLSearchParams({ q: words }).toString()}`;
}
