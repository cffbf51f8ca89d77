import { answerOf, chargeWallet } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client, idempotencyKeys } from '../../shared/api.ts';
import { Notice } from '../../shared/components/notice.tsx';
import { connection } from '../../shared/connection/connection.ts';
import { sendAct } from '../../shared/connection/send.ts';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { type BookingProblem, bookingProblems } from '../reservation/problem-texts.ts';
import { walletMessages } from './messages.ts';

const STEP = 10_000;

type ChargeFormProps = {
  /** The amount that is offered first, in whole won. */
  readonly atLeast: number;
  readonly onCharged: () => void;
};

/** Charges the wallet of the user, where every user may. */
export function ChargeForm({ atLeast, onCharged }: ChargeFormProps) {
  const texts = textsOf(walletMessages);
  const amount = useSignal(String(Math.ceil(atLeast / STEP) * STEP));
  const isCharging = useSignal(false);
  const refusal = useSignal<BookingProblem['code'] | 'UNREACHABLE' | null>(null);
  const charged = useSignal<number | null>(null);

  async function charge(): Promise<void> {
    const body = { amount: Number(amount.value) };
    isCharging.value = true;
    refusal.value = null;
    const answer = await sendAct(idempotencyKeys.value, 'charge', body, (key) =>
      answerOf(chargeWallet({ client, body, headers: { 'Idempotency-Key': key } })),
    );
    isCharging.value = false;
    if (!answer.ok) {
      refusal.value = answer.problem.code;
      return;
    }
    charged.value = answer.data.amount;
    onCharged();
  }

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isCharging.value) void charge();
      }}
    >
      <label class="field">
        <span>{texts.amount}</span>
        <input
          type="number"
          inputMode="numeric"
          required
          min={1}
          max={1_000_000_000_000}
          step={1}
          value={amount.value}
          onInput={({ currentTarget }) => {
            amount.value = currentTarget.value;
            charged.value = null;
          }}
        />
      </label>
      <button class="button button-quiet" disabled={isCharging.value}>
        {isCharging.value ? texts.charging : texts.chargeBy(formatMoney(Number(amount.value)))}
      </button>
      {isCharging.value && connection.value.kind === 'away' && (
        <Notice tone="warn" alert title={texts.repeating} />
      )}
      {refusal.value !== null && <Notice tone="bad" alert title={textsOf(bookingProblems)[refusal.value]} />}
      {charged.value !== null && (
        <Notice tone="good" alert title={texts.charged(formatMoney(charged.value))} />
      )}
    </form>
  );
}
