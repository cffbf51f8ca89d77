import { useSignal } from '@preact/signals';
import { InstantField } from '../components/instant-field.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { ANY_ORDER, ORDER_STATUSES, type OrderFilter } from './order-filter.ts';
import { STATUS_TEXTS } from './order-words.ts';

const STATUSES: Readonly<Record<string, string>> = {
  '': 'Any status',
  ...Object.fromEntries(ORDER_STATUSES.map((status) => [status, STATUS_TEXTS[status]])),
};

export type OrderFilterFormProps = {
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
    <form
      class="order-filters"
      role="search"
      aria-label="Filter the orders"
      onSubmit={(event) => {
        event.preventDefault();
        onApply({
          status: status.value,
          userId: userId.value.trim(),
          seatNumber: seatNumber.value,
          from: from.value,
          until: until.value,
        });
      }}
    >
      <SelectField label="Status" value={status} options={STATUSES} />
      <TextField label="User" value={userId} type="search" maxLength={128} />
      <TextField label="Seat number" value={seatNumber} type="number" min={1} max={50_000} />
      <InstantField label="Created from" value={from} />
      <InstantField label="Created before" value={until} />
      <div class="row order-filters-acts">
        <button class="button">Filter</button>
        <button type="button" class="button button-quiet" onClick={() => onApply(ANY_ORDER)}>
          Reset
        </button>
      </div>
    </form>
  );
}
