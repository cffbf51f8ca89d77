import { useSignal } from '@preact/signals';
import { FilterForm } from '../components/filter-form.tsx';
import { InstantField } from '../components/instant-field.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { ANY_ORDER, ORDER_STATUSES, type OrderFilter } from './order-filter.ts';
import { STATUS_TEXTS } from './order-words.ts';

const STATUSES: Readonly<Record<string, string>> = {
  '': 'Any status',
  ...Object.fromEntries(ORDER_STATUSES.map((status) => [status, STATUS_TEXTS[status]])),
};

type OrderFilterFormProps = {
  readonly filter: OrderFilter;
  readonly onApply: (filter: OrderFilter) => void;
};

export function OrderFilterForm({ filter, onApply }: OrderFilterFormProps) {
  const status = useSignal(filter.status);
  const userId = useSignal(filter.userId);
  const seatNumber = useSignal(filter.seatNumber);
  const from = useSignal(filter.from);
  const until = useSignal(filter.until);
  return (
    <FilterForm
      label="Filter the orders"
      isSet={Object.values(filter).some((text) => text !== '')}
      onApply={() =>
        onApply({
          status: status.value,
          userId: userId.value.trim(),
          seatNumber: seatNumber.value,
          from: from.value,
          until: until.value,
        })
      }
      onReset={() => onApply(ANY_ORDER)}
    >
      <SelectField label="Status" value={status} options={STATUSES} />
      <TextField label="User" value={userId} type="search" maxLength={128} />
      <TextField label="Seat number" value={seatNumber} type="number" min={1} max={50_000} />
      <InstantField label="Created from" value={from} />
      <InstantField label="Created before" value={until} />
    </FilterForm>
  );
}
