import { textsOf } from '../../shared/i18n/locale.ts';
import { saleMessages } from './messages.ts';
import type { SaleState } from './sale-state.ts';

const TONES: Readonly<Record<SaleState['kind'], string>> = {
  ON_SALE: 'badge-good',
  NOT_YET: 'badge-accent',
  NO_SEATS: 'badge-warn',
  STOPPED: 'badge-warn',
  ENDED: '',
  CANCELLED: 'badge-bad',
};

export function SaleBadge({ state }: { readonly state: SaleState }) {
  return <span class={`badge ${TONES[state.kind]}`}>{textsOf(saleMessages).states[state.kind]}</span>;
}
