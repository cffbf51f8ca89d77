import type { Signal } from '@preact/signals';
import { timeZoneName, toInstant, toLocalInput } from './local-time.ts';
import { Field } from './fields.tsx';

type InstantFieldProps = {
  readonly label: string;
  /** ISO 8601 in UTC; empty for none. */
  readonly value: Signal<string>;
  readonly hint?: string;
  readonly error?: string | null;
  readonly required?: boolean;
};

/** A date with a time in the time zone of the browser, which it names. */
export function InstantField({ label, value, hint, error = null, required = false }: InstantFieldProps) {
  const zone = `Time zone: ${timeZoneName(value.value)}`;
  return (
    <Field label={label} hint={hint === undefined ? zone : `${hint} ${zone}`} error={error}>
      {(described) => (
        <input
          {...described}
          type="datetime-local"
          step="any"
          required={required}
          value={toLocalInput(value.value)}
          onChange={({ currentTarget }) => {
            value.value = toInstant(currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}
