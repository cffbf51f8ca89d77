import { type Signal, signal } from '@preact/signals';
import { TextField } from '../components/fields.tsx';
import type { AnyProblem } from '../data/answer.ts';
import { errorAt } from '../problems/field-errors.ts';
import { ALL_TYPES, EVENT_TYPES, type EventType } from './event-types.ts';

type EndpointForm = {
  readonly url: Signal<string>;
  readonly description: Signal<string>;
  readonly eventTypes: Signal<readonly EventType[]>;
};

type Texts = {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly EventType[];
};

export function createEndpointForm({ url, description, eventTypes }: Texts): EndpointForm {
  return { url: signal(url), description: signal(description), eventTypes: signal(eventTypes) };
}

export function readEndpointForm({ url, description, eventTypes }: EndpointForm) {
  return { url: url.value.trim(), description: description.value, eventTypes: [...eventTypes.value] };
}

type EndpointFieldsProps = { readonly form: EndpointForm; readonly problem: AnyProblem | null };

export function EndpointFields({ form, problem }: EndpointFieldsProps) {
  const { url, description, eventTypes } = form;
  return (
    <>
      <TextField
        label="Address"
        value={url}
        type="url"
        required
        maxLength={2_000}
        placeholder="https://example.com/frontrow"
        error={errorAt(problem, '/url')}
      />
      <TextField
        label="Description"
        value={description}
        maxLength={200}
        error={errorAt(problem, '/description')}
      />
      <fieldset class="webhook-types">
        <legend class="field-label">Events</legend>
        {ALL_TYPES.map((type) => (
          <label key={type} class="checkbox">
            <input
              type="checkbox"
              checked={eventTypes.value.includes(type)}
              onChange={({ currentTarget }) => {
                eventTypes.value = ALL_TYPES.filter((each) =>
                  each === type ? currentTarget.checked : eventTypes.value.includes(each),
                );
              }}
            />
            <span>
              {EVENT_TYPES[type]} <code class="muted small">{type}</code>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}

export function blockedByTypes({ eventTypes }: EndpointForm): string | null {
  return eventTypes.value.length === 0 ? 'Choose an event' : null;
}
