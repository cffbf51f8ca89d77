import { InstantField } from '../../components/instant-field.tsx';
import { TextField } from '../../components/fields.tsx';
import type { AnyProblem } from '../../data/answer.ts';
import { errorAt } from '../../problems/field-errors.ts';
import { EVENT_LABELS, type EventForm } from './event-form.ts';

type EventFieldsProps = {
  readonly form: EventForm;
  readonly problem: AnyProblem | null;
  /** Seats and prices of a date with a layout are in its layout. */
  readonly hasLayout: boolean;
  readonly isNew?: boolean;
};

export function EventFields({ form, problem, hasLayout, isNew = false }: EventFieldsProps) {
  const field = (name: keyof EventForm) => ({
    label: EVENT_LABELS[name],
    value: form[name],
    error: errorAt(problem, `/${name}`),
  });
  return (
    <div class="form-grid">
      <TextField {...field('venue')} required maxLength={200} />
      <TextField {...field('timeZone')} hint="An IANA name, such as Asia/Seoul." maxLength={64} />
      <InstantField {...field('startsAt')} required />
      <InstantField {...field('reservationStartAt')} required />
      <InstantField {...field('reservationEndAt')} required />
      <InstantField
        {...field('refundUntil')}
        required={!isNew}
        {...(isNew ? { hint: 'Empty: until the date starts.' } : {})}
      />
      {hasLayout ? (
        <InstantField {...field('accessibleReleaseAt')} hint="Empty: never." />
      ) : (
        <>
          <TextField {...field('seatCount')} type="number" min={1} max={50_000} required />
          <TextField {...field('price')} type="number" min={0} required />
        </>
      )}
    </div>
  );
}
