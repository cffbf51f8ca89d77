import { Countdown } from '../../../shared/components/countdown.tsx';
import { formatMoney } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { useHold } from '../hold/use-hold.ts';
import { hallMessages } from '../messages.ts';
import type { OpenHall } from '../open-hall.ts';
import type { Hall } from '../seats/hall-seats.ts';
import { ChosenSeats } from './chosen-seats.tsx';
import './tray.css';

type TrayProps = { readonly model: HallModel; readonly hall: Hall; readonly opened: OpenHall };

const MILESTONES_MS = [300_000, 120_000, 60_000, 30_000, 10_000];

/** The chosen seats, what they cost, the time that is left, and the way on. */
export function Tray({ model, hall, opened }: TrayProps) {
  const texts = textsOf(hallMessages);
  const hold = useHold(model);
  const chosen = model.chosen.value;
  const isHolding = model.isHolding.value;
  const canHold = chosen.length > 0 && !isHolding && model.facts.value?.salesState === 'RUNNING';
  const needsAccessible = chosen.some((number) => hall.seats[number - 1]?.kind !== 'standard');
  const seatsMax = model.seatsMax.value;
  const countText =
    chosen.length === 0
      ? texts.noSeats
      : seatsMax === null
        ? texts.count(chosen.length)
        : texts.countOf(chosen.length, seatsMax);
  const holdChosen = () =>
    hold({
      eventId: model.event.id,
      seatNumbers: [...chosen].toSorted((a, b) => a - b),
      ...(needsAccessible && model.needsAccessible.value ? { accessible: true } : {}),
    });
  return (
    <section class="tray" aria-label={texts.yourSeats}>
      <ChosenSeats model={model} hall={hall} />
      <div class="tray-row">
        <TimeLeft opened={opened} />
        <p class="tray-total">
          <span class="muted small">{countText}</span>
          {chosen.length > 0 && <strong class="numbers">{formatMoney(model.totalAmount.value)}</strong>}
        </p>
        <button
          type="button"
          class="button tray-hold"
          aria-disabled={!canHold}
          onClick={() => canHold && void holdChosen()}
        >
          {isHolding ? texts.holding : chosen.length === 1 ? texts.holdOne : texts.hold}
        </button>
      </div>
    </section>
  );
}

function TimeLeft({ opened }: { readonly opened: OpenHall }) {
  const texts = textsOf(hallMessages);
  const until = opened.sessionExpiresAt.value;
  if (until === null) return null;
  return (
    <p class="tray-time">
      <span class="muted small">{texts.timeLeft}</span>
      <Countdown
        until={until}
        milestonesMs={MILESTONES_MS}
        describe={texts.timeLeftIs}
        onEnd={() => opened.refresh()}
      />
    </p>
  );
}
