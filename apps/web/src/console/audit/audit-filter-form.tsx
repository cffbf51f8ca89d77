import { useSignal } from '@preact/signals';
import { TextField } from '../components/fields.tsx';
import { FilterForm } from '../components/filter-form.tsx';
import { InstantField } from '../components/instant-field.tsx';
import { ANY_ENTRY, type AuditFilter } from './audit-filter.ts';

type AuditFilterFormProps = {
  readonly filter: AuditFilter;
  readonly onApply: (filter: AuditFilter) => void;
};

export function AuditFilterForm({ filter, onApply }: AuditFilterFormProps) {
  const actor = useSignal(filter.actor);
  const target = useSignal(filter.target);
  const from = useSignal(filter.from);
  const until = useSignal(filter.until);
  return (
    <FilterForm
      label="Filter the audit log"
      isSet={Object.values(filter).some((text) => text !== '')}
      onApply={() =>
        onApply({
          actor: actor.value.trim(),
          target: target.value.trim(),
          from: from.value,
          until: until.value,
        })
      }
      onReset={() => onApply(ANY_ENTRY)}
    >
      <TextField label="Who" value={actor} type="search" maxLength={128} />
      <TextField
        label="What"
        value={target}
        type="search"
        maxLength={200}
        hint="Such as event/01KB… with the whole id."
      />
      <InstantField label="From" value={from} />
      <InstantField label="Before" value={until} />
    </FilterForm>
  );
}
