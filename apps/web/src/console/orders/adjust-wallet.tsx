import { answerOf, adjustWallet } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { ConfirmByTyping } from '../components/confirm-by-typing.tsx';
import { TextField } from '../components/fields.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { sendOnce } from '../data/send.ts';
import { errorAt } from '../problems/field-errors.ts';

type AdjustWalletProps = {
  readonly userId: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Corrects a balance by an entry of its own. */
export function AdjustWallet({ userId, onClose, onDone }: AdjustWalletProps) {
  const amount = useSignal('');
  const reason = useSignal('');
  const act = useAct(
    () => {
      const body = { amount: Number(amount.value), reason: reason.value };
      return sendOnce(`adjust/${userId}`, body, (headers) =>
        answerOf(adjustWallet({ client, path: { userId }, body, headers })),
      );
    },
    ({ balanceAfter }) => {
      showToast(`The balance is ${formatMoney(balanceAfter)} now`);
      onDone();
    },
  );
  const won = Number(amount.value);
  return (
    <ConfirmByTyping
      title="Adjust the wallet"
      verb={won < 0 ? `Take ${formatMoney(-won)}` : `Add ${formatMoney(won)}`}
      name={userId}
      act={act}
      blocked={Number.isInteger(won) && won !== 0 ? null : 'Name an amount first'}
      onConfirm={() => void act.run(undefined)}
      onClose={onClose}
    >
      <TextField
        label="Amount in won"
        value={amount}
        type="number"
        step={1}
        required
        hint="Negative takes money from the wallet."
        error={errorAt(act.problem.value, '/amount')}
      />
      <TextField label="Reason" value={reason} hint="For the audit log." required maxLength={500} />
    </ConfirmByTyping>
  );
}
