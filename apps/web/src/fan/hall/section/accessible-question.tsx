import { useSignal } from '@preact/signals';
import { announce } from '../../../shared/announcements.tsx';
import { Dialog } from '../../../shared/components/dialog.tsx';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { hallMessages } from '../messages.ts';
import type { Hall, HallSeat } from '../seats/hall-seats.ts';
import { nameSeat } from '../seats/seat-texts.ts';
import { isReleased } from '../seats/accessible-release.ts';

/** Chooses seats; asks first, once, whether the fan needs an accessible seat where these are kept for those who do. */
export function useAccessibleQuestion(model: HallModel) {
  const texts = textsOf(hallMessages);
  const asked = useSignal<HallSeat | null>(null);

  function toggle(seat: HallSeat): void {
    const before = model.chosen.peek().length;
    const name = nameSeat(model.hall.peek() as Hall, seat.number);
    model.toggle(seat.number);
    const after = model.chosen.peek().length;
    announce(
      after > before ? texts.chosen(name) : after < before ? texts.removed(name) : texts.takenSeat(name),
    );
  }

  function choose(seat: HallSeat): void {
    const isKept = seat.kind !== 'standard' && !isReleased(model.event.accessibleReleaseAt);
    const isNew =
      !model.chosen.peek().includes(seat.number) && model.statuses.peek(seat.number) === 'AVAILABLE';
    if (isKept && isNew && !model.needsAccessible.peek()) asked.value = seat;
    else toggle(seat);
  }

  const close = () => {
    asked.value = null;
  };
  const dialog = asked.value !== null && (
    <Dialog title={texts.accessibleQuestion} onClose={close}>
      <p>{texts.accessibleText}</p>
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={() => {
            model.needsAccessible.value = true;
            if (asked.value !== null) toggle(asked.value);
            close();
          }}
        >
          {texts.accessibleYes}
        </button>
        <button type="button" class="button button-quiet" onClick={close}>
          {texts.accessibleNo}
        </button>
      </div>
    </Dialog>
  );
  return { choose, dialog };
}
