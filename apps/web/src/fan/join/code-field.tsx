import { useEffect, useRef } from 'preact/hooks';
import { formatDateTime } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { joinMessages } from './messages.ts';

type CodeFieldProps = {
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly presaleUntil: string;
  readonly isRefused: boolean;
};

const CODE_MAX = 64;

/** Where a fan types a presale code. It appears when the server asks for a code, and then takes the focus. */
export function CodeField({ code, onCode, presaleUntil, isRefused }: CodeFieldProps) {
  const texts = textsOf(joinMessages);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div class="stack">
      <p>
        <strong>{texts.problems.SALE_CODE_REQUIRED}</strong> {texts.publicStart(formatDateTime(presaleUntil))}
      </p>
      <label class="field">
        <span>{texts.code}</span>
        <input
          ref={input}
          required
          maxLength={CODE_MAX}
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
          aria-invalid={isRefused}
          value={code}
          onInput={({ currentTarget }) => onCode(currentTarget.value)}
        />
        <span class="muted small">{texts.codeHint}</span>
      </label>
    </div>
  );
}
