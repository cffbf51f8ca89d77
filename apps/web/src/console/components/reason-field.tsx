import type { Signal } from '@preact/signals';
import { TextField } from './fields.tsx';

/** The greatest length of a text for fans. */
const LENGTH_MAX = 200;

/** The organiser's text for fans; empty for none. */
export function ReasonField({
  value,
  error,
}: {
  readonly value: Signal<string>;
  readonly error: string | null;
}) {
  return (
    <TextField
      label="Reason that fans read"
      value={value}
      maxLength={LENGTH_MAX}
      autoComplete="off"
      hint="Every fan of the concert reads it as you write it, in each language. Say when it goes on."
      error={error}
    />
  );
}

/** The reason as the API takes it. */
export function reasonOf(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
