import { formatMoney } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { settings } from '../../shared/settings.ts';
import { ChargeForm } from '../wallet/charge-form.tsx';
import { reservationMessages } from './messages.ts';
import type { ReservationState } from './reservation-state.ts';

/** The wallet, what it lacks, and the button that pays. */
export function PaymentPanel({ state, total }: { readonly state: ReservationState; readonly total: number }) {
  const texts = textsOf(reservationMessages);
  const balance = state.balance.value;
  const missing = balance === null ? 0 : Math.max(0, total - balance);
  const isActing = state.acting.value !== null;
  return (
    <section class="card stack">
      <h2>{texts.wallet}</h2>
      <p class="row row-spread">
        <span>{texts.balance}</span>
        <strong class="numbers">{balance === null ? '…' : formatMoney(balance)}</strong>
      </p>
      {missing > 0 && <p class="badge badge-warn missing">{texts.missing(formatMoney(missing))}</p>}
      {missing > 0 && settings.walletCharges === 'open' && (
        <ChargeForm atLeast={missing} onCharged={() => void state.load()} />
      )}
      {missing > 0 && settings.walletCharges === 'scoped' && <p>{texts.chargeElsewhere}</p>}
      <button
        type="button"
        class="button button-wide"
        disabled={isActing || missing > 0}
        onClick={() => void state.pay()}
      >
        {state.acting.value === 'pay' ? texts.paying : texts.pay(formatMoney(total))}
      </button>
      {isActing && state.acting.value !== 'pay' && <p class="muted">{texts.acting}</p>}
    </section>
  );
}
