import type { Policy, PolicyPatch } from '@frontrow/client';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { durationText } from '../../components/duration-text.ts';
import {
  DURATION_MAX_MS,
  DURATION_MIN_MS,
  POLICY_FIELDS,
  type PolicyField,
  type PolicyPath,
} from './policy-fields.ts';

type PolicyValue = string | number | null;

export function valueAt(policy: Policy, path: PolicyPath): PolicyValue {
  const [group, member] = path.split('.') as [keyof Policy, string];
  const values = policy[group] as Readonly<Record<string, PolicyValue>> | null;
  return values?.[member] ?? null;
}

/** The text of a value in its input. */
export function inputText(field: PolicyField, value: PolicyValue): string {
  if (value === null) return '';
  return field.kind === 'duration' ? String(Number(value) / 1000) : String(value);
}

/** The value for people. */
export function valueText(field: PolicyField, value: PolicyValue): string {
  if (value === null) return field.none ?? 'none';
  switch (field.kind) {
    case 'duration':
      return durationText(Number(value));
    case 'choice':
      return field.options[value] ?? String(value);
    case 'count':
      return `${formatNumber(Number(value))} ${field.unit}`;
    case 'instant':
      return new Date(value).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
    case 'factor':
    default:
      return String(value);
  }
}

export type Parsed = { readonly value: PolicyValue } | { readonly error: string };

/** Reads what an operator has typed, within the limits of the API. */
export function parseInput(field: PolicyField, text: string): Parsed {
  const trimmed = text.trim();
  if (trimmed === '') return field.none === undefined ? { error: 'Needs a value.' } : { value: null };
  if (field.kind === 'choice' || field.kind === 'instant') return { value: trimmed };
  const number = Number(trimmed);
  if (Number.isNaN(number)) return { error: 'Is not a number.' };
  switch (field.kind) {
    case 'count':
      return inRange(
        number,
        field.min,
        field.max,
        `${formatNumber(field.min)} to ${formatNumber(field.max)}`,
      );
    case 'duration': {
      const limits = `${DURATION_MIN_MS / 1000} to ${formatNumber(DURATION_MAX_MS / 1000)} seconds`;
      return inRange(Math.round(number * 1000), DURATION_MIN_MS, DURATION_MAX_MS, limits);
    }
    case 'factor':
    default:
      return number > 0 && number <= field.max
        ? { value: number }
        : { error: `Must be more than 0 and at most ${formatNumber(field.max)}.` };
  }
}

function inRange(value: number, min: number, max: number, limits: string): Parsed {
  if (!Number.isInteger(value)) return { error: 'Must be a whole number.' };
  return value >= min && value <= max ? { value } : { error: `Must be ${limits}.` };
}

export type PolicyChange = {
  readonly field: PolicyField;
  readonly from: PolicyValue;
  readonly to: PolicyValue;
};

/** The rules that are different in the two policies. */
export function differences(from: Policy, to: Policy): readonly PolicyChange[] {
  return POLICY_FIELDS.map((field) => ({
    field,
    from: valueAt(from, field.path),
    to: valueAt(to, field.path),
  })).filter((change) => change.from !== change.to);
}

/** What an operator has typed, by the path of the rule. */
export type Draft = Readonly<Partial<Record<PolicyPath, string>>>;

type ReadDraft = {
  readonly changes: readonly PolicyChange[];
  readonly errors: Readonly<Partial<Record<PolicyPath, string>>>;
};

export function readDraft(policy: Policy, draft: Draft): ReadDraft {
  const changes: PolicyChange[] = [];
  const errors: Partial<Record<PolicyPath, string>> = {};
  for (const field of POLICY_FIELDS) {
    const text = draft[field.path];
    if (text === undefined) continue;
    const parsed = parseInput(field, text);
    const from = valueAt(policy, field.path);
    if ('error' in parsed) errors[field.path] = parsed.error;
    else if (parsed.value !== from) changes.push({ field, from, to: parsed.value });
  }
  return { changes, errors };
}

/** The policy after the changes. */
export function changedPolicy(policy: Policy, changes: readonly PolicyChange[]): Policy {
  const patch = patchOf(changes);
  return {
    admission: { ...policy.admission, ...patch.admission },
    hold: { ...policy.hold, ...patch.hold },
    presale: patch.presale === undefined ? policy.presale : patch.presale,
  };
}

/** The body of the request that makes the changes, and nothing else. */
export function patchOf(changes: readonly PolicyChange[]): PolicyPatch {
  const patch: {
    admission?: Record<string, PolicyValue>;
    hold?: Record<string, PolicyValue>;
    presale?: unknown;
  } = {};
  for (const { field, to } of changes) {
    const [group, member] = field.path.split('.') as ['admission' | 'hold' | 'presale', string];
    if (group === 'presale') patch.presale = to === null ? null : { publicStartAt: to };
    else patch[group] = { ...patch[group], [member]: to };
  }
  return patch as PolicyPatch;
}
