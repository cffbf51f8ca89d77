import { Field } from '../../components/fields.tsx';
import { durationText } from '../../components/duration-text.ts';
import { timeZoneName, toInstant, toLocalInput } from '../../components/local-time.ts';
import type { PolicyField } from './policy-fields.ts';
import { parseInput } from './policy-values.ts';

type PolicyInputProps = {
  readonly field: PolicyField;
  readonly text: string;
  readonly isChanged: boolean;
  readonly error: string | null;
  readonly onType: (text: string) => void;
};

/** One rule of a policy with its unit, its limits and what it does. */
export function PolicyInput({ field, text, isChanged, error, onType }: PolicyInputProps) {
  return (
    <div class={isChanged ? 'policy-rule policy-rule-changed' : 'policy-rule'}>
      <Field label={field.label} hint={field.help} error={error}>
        {(described) => (
          <span class="policy-control">
            <Control field={field} text={text} described={described} onType={onType} />
            <span class="muted small policy-unit">{unitText(field, text)}</span>
          </span>
        )}
      </Field>
    </div>
  );
}

type ControlProps = Pick<PolicyInputProps, 'field' | 'text' | 'onType'> & { readonly described: object };

function Control({ field, text, described, onType }: ControlProps) {
  if (field.kind === 'choice')
    return (
      <select {...described} value={text} onChange={({ currentTarget }) => onType(currentTarget.value)}>
        {Object.entries(field.options).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    );
  if (field.kind === 'instant')
    return (
      <input
        {...described}
        type="datetime-local"
        value={toLocalInput(text)}
        onChange={({ currentTarget }) => onType(toInstant(currentTarget.value))}
      />
    );
  return (
    <input
      {...described}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      placeholder={field.none}
      value={text}
      onInput={({ currentTarget }) => onType(currentTarget.value)}
    />
  );
}

/** The unit of the input, and what the present text means in it. */
function unitText(field: PolicyField, text: string): string {
  if (field.kind === 'instant') return text === '' ? (field.none ?? '') : timeZoneName(text);
  if (field.kind === 'choice') return '';
  if (text.trim() === '') return '';
  if (field.kind === 'count') return field.unit;
  if (field.kind === 'factor') return 'per seat';
  const parsed = parseInput(field, text);
  const meaning =
    'value' in parsed && Number(parsed.value) >= 60_000 ? ` = ${durationText(Number(parsed.value))}` : '';
  return `seconds${meaning}`;
}
