import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

type FieldProps = {
  readonly label: string;
  readonly value: Signal<string>;
  readonly hint?: ComponentChildren;
  /** What is wrong with the value, for example `errorAt(problem, '/title')`. */
  readonly error?: string | null;
};

type TextProps = {
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly autoComplete?: 'on' | 'off';
  readonly autoFocus?: boolean;
};

type InputProps = TextProps & {
  readonly type?: 'text' | 'number' | 'search' | 'url';
  readonly min?: number;
  readonly max?: number;
  /** `any` for fractions. */
  readonly step?: number | 'any';
};

/** A labelled input whose value is a signal; that of a number too is text. */
export function TextField({ label, value, hint, error = null, ...input }: FieldProps & InputProps) {
  const attributes: object = input; // the types of Preact want to know which `type` it is
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <input
          {...attributes}
          {...described}
          value={value.value}
          onInput={({ currentTarget }) => {
            value.value = currentTarget.value;
          }}
        />
      )}
    </Field>
  );
}

export function TextAreaField({ label, value, hint, error = null, ...area }: FieldProps & TextProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <textarea
          rows={3}
          {...area}
          {...described}
          value={value.value}
          onInput={({ currentTarget }) => {
            value.value = currentTarget.value;
          }}
        />
      )}
    </Field>
  );
}

type SelectFieldProps<Value extends string> = Omit<FieldProps, 'value'> & {
  readonly value: Signal<Value>;
  readonly options: Readonly<Record<Value, string>>;
};

export function SelectField<Value extends string>({
  label,
  value,
  options,
  hint,
  error = null,
}: SelectFieldProps<Value>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <select
          {...described}
          value={value.value}
          onChange={({ currentTarget }) => {
            value.value = currentTarget.value as Value;
          }}
        >
          {(Object.entries(options) as [Value, string][]).map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type Described = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
};

type FieldFrameProps = Omit<FieldProps, 'value'> & {
  readonly children: (described: Described) => ComponentChildren;
};

/** The label, the hint and the error of a control. */
export function Field({ label, hint, error = null, children }: FieldFrameProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error !== null })}
      {hint && (
        <span id={`${id}-hint`} class="muted small">
          {hint}
        </span>
      )}
      {error && (
        <span id={`${id}-error`} class="field-error">
          {error}
        </span>
      )}
    </div>
  );
}
