import { Notice } from '../../../shared/components/notice.tsx';
import { formatDateTime, formatNumber } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import { commonProblems } from '../../problems/common-problems.ts';
import type { HallModel, HallNotice } from '../hall-model.ts';
import type { Hall } from '../seats/hall-seats.ts';
import { nameSeat } from '../seats/seat-texts.ts';
import { type Explanation, type Remedy, describeRefusal } from './describe-refusal.ts';
import { holdMessages } from './messages.ts';
import { useHold } from './use-hold.ts';
import './notice.css';

/** What has happened to the choice: a seat is lost, or a hold was refused; and what helps. */
export function NoticeOfChoice({ model, hall }: { readonly model: HallModel; readonly hall: Hall }) {
  const texts = textsOf(holdMessages);
  const hold = useHold(model);
  const notice = model.notice.value;
  if (notice === null) return null;
  const { title, texts: sentences, remedies } = explanationOf(notice, model, hall);
  const apply = (remedy: Applied) => {
    model.notice.value = null;
    if (remedy.kind === 'hold') void hold(remedy.choice);
    else {
      if (remedy.needsAccessible === true) model.needsAccessible.value = true;
      model.choose(remedy.numbers);
    }
  };
  return (
    <div class="hall-notice">
      <Notice tone={notice.kind === 'live-hold' ? 'info' : 'warn'} title={title} alert>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {remedies.length > 0 && (
          <div class="row">
            {remedies.map((remedy) => (
              <RemedyButton key={remedy.text} remedy={remedy} apply={apply} />
            ))}
          </div>
        )}
      </Notice>
      <button
        type="button"
        class="hall-notice-close"
        aria-label={texts.dismiss}
        onClick={() => (model.notice.value = null)}
      >
        ×
      </button>
    </div>
  );
}

type Applied = Exclude<Remedy, { kind: 'go' }>;
type RemedyButtonProps = { readonly remedy: Remedy; readonly apply: (remedy: Applied) => void };

function RemedyButton({ remedy, apply }: RemedyButtonProps) {
  if (remedy.kind === 'go')
    return (
      <a class="button" href={remedy.href}>
        {remedy.text}
      </a>
    );
  return (
    <button type="button" class="button" onClick={() => apply(remedy)}>
      {remedy.text}
    </button>
  );
}

function explanationOf(notice: HallNotice, model: HallModel, hall: Hall): Explanation {
  const texts = textsOf(holdMessages);
  const { event } = model;
  const nameSeats = (numbers: readonly number[]) =>
    numbers.map((number) => nameSeat(hall, number)).join(' · ');
  if (notice.kind === 'lost')
    return { title: texts.lost(nameSeats(notice.seats)), texts: [texts.lostText], remedies: [] };
  if (notice.kind === 'full')
    return { title: texts.tooMany(notice.seatsMax), texts: [texts.fullText], remedies: [] };
  if (notice.kind === 'live-hold') {
    const href = `/reservations/${notice.reservationId}`;
    return {
      title: texts.liveHold,
      texts: [texts.liveHoldText],
      remedies: [{ kind: 'go', text: texts.toReservation, href }],
    };
  }
  return describeRefusal(notice.problem, notice.request, {
    texts,
    common: textsOf(commonProblems),
    concertId: event.concertId,
    chosen: model.chosen.value,
    nameSeats,
    formatInstant: (instant) => formatDateTime(instant),
    formatNumber,
  });
}
