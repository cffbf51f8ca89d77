import { type SaleCode, answerOf, revokeSaleCode } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ConfirmByTyping } from '../../components/confirm-by-typing.tsx';
import { TextField } from '../../components/fields.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { errorAt } from '../../problems/field-errors.ts';
import { saleCodeName } from './sale-code-state.ts';

type RevokeSaleCodeProps = {
  readonly code: SaleCode;
  readonly onRevoked: () => void;
  readonly onClose: () => void;
};

export function RevokeSaleCode({ code, onRevoked, onClose }: RevokeSaleCodeProps) {
  const name = saleCodeName(code);
  const reason = useSignal('');
  const revoke = useAct(
    () =>
      send(() =>
        answerOf(
          revokeSaleCode({ client, path: { saleCodeId: code.id }, body: { reason: reason.value.trim() } }),
        ),
      ),
    () => {
      showToast(`The code ${name} is revoked`);
      onRevoked();
      onClose();
    },
  );
  return (
    <ConfirmByTyping
      title={`Revoke the code ${name}?`}
      verb="Revoke for good"
      name={name}
      act={revoke}
      onConfirm={() => void revoke.run(null)}
      onClose={onClose}
    >
      <p>Nobody else joins with it. Fans who have used it keep their places.</p>
      <TextField
        label="Reason"
        value={reason}
        required
        maxLength={500}
        autoComplete="off"
        hint="Only staff read it, in the audit log."
        error={errorAt(revoke.problem.value, '/reason')}
      />
    </ConfirmByTyping>
  );
}
