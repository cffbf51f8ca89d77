import { type CreatedSaleCode, answerOf, createSaleCodes } from '@frontrow/client';
import { type Signal, useSignal } from '@preact/signals';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { InstantField } from '../../components/instant-field.tsx';
import { useAct } from '../../data/act.ts';
import { sendOnce } from '../../data/send.ts';
import { errorAt } from '../../problems/field-errors.ts';
import { CreatedCodes } from './created-codes.tsx';

const CODES_MAX = 1_000;
const USES_MAX = 1_000_000;

type CreateSaleCodesProps = {
  readonly concertId: string;
  readonly onCreated: () => void;
  readonly onClose: () => void;
};

export function CreateSaleCodes({ concertId, onCreated, onClose }: CreateSaleCodesProps) {
  const [count, usesMax, label] = [useSignal('1'), useSignal('1'), useSignal('')];
  const [validFrom, validUntil] = [useSignal(''), useSignal('')];
  const created = useSignal<readonly CreatedSaleCode[] | null>(null);
  const create = useAct(
    () => {
      const body = {
        count: Number(count.value),
        usesMax: Number(usesMax.value),
        ...given({ label, validFrom, validUntil }),
      };
      return sendOnce(`create-sale-codes ${concertId}`, body, (headers) =>
        answerOf(createSaleCodes({ client, headers, path: { concertId }, body })),
      );
    },
    ({ items }) => {
      created.value = items;
      onCreated();
    },
  );
  if (created.value !== null) return <CreatedCodes codes={created.value} onClose={onClose} />;
  const errorOf = (member: string) => errorAt(create.problem.value, `/${member}`);
  return (
    <ActDialog
      title="New sale codes"
      verb="Create codes"
      act={create}
      onSubmit={() => void create.run(null)}
      onClose={onClose}
    >
      <TextField
        label="How many codes"
        type="number"
        value={count}
        required
        min={1}
        max={CODES_MAX}
        error={errorOf('count')}
      />
      <TextField
        label="Fans with each code"
        type="number"
        value={usesMax}
        required
        min={1}
        max={USES_MAX}
        hint="How many fans may join with one code."
        error={errorOf('usesMax')}
      />
      <TextField
        label="Label"
        value={label}
        maxLength={200}
        hint="Only staff see it."
        error={errorOf('label')}
      />
      <InstantField label="Valid from" value={validFrom} error={errorOf('validFrom')} />
      <InstantField label="Valid until" value={validUntil} error={errorOf('validUntil')} />
    </ActDialog>
  );
}

/** The members that have a value. */
function given(members: Readonly<Record<string, Signal<string>>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(members)
      .map(([name, { value }]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
}
