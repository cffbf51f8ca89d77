import type { OrderWithHistory } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { Allowed } from '../components/allowed.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { RefundOrder } from './refund-order.tsx';

type OrderActsProps = { readonly order: OrderWithHistory; readonly onChanged: () => void };

/** What staff can do with an order in its present status. */
export function OrderActs({ order, onChanged }: OrderActsProps) {
  const isOpen = useSignal(false);
  const form = {
    order,
    onClose: () => {
      isOpen.value = false;
    },
    onDone: () => {
      isOpen.value = false;
      onChanged();
    },
  };
  if (order.status !== 'HELD' && order.status !== 'CONFIRMED') return null;
  const verb = order.status === 'HELD' ? 'Cancel the hold …' : 'Refund …';
  return (
    <Allowed scope="sales:write">
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {verb}
      </button>
      {isOpen.value && (order.status === 'HELD' ? <CancelOrder {...form} /> : <RefundOrder {...form} />)}
    </Allowed>
  );
}
