import { Notice } from '../../shared/components/notice.tsx';
import { type Translated, textsOf } from '../../shared/i18n/locale.ts';

export const tryAgain: Translated<string> = { en: 'Try again', ko: '다시 시도' };

/** Says why something could not be read, with the button that reads it again. */
export function ReadAgain({ text, onRead }: { readonly text: string; readonly onRead: () => void }) {
  return (
    <Notice tone="warn" alert title={text}>
      <p>
        <button type="button" class="button button-quiet" onClick={onRead}>
          {textsOf(tryAgain)}
        </button>
      </p>
    </Notice>
  );
}
