import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { announce } from '../../../shared/announcements.tsx';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { hallMessages } from '../messages.ts';
import type { Hall, HallSection } from '../seats/hall-seats.ts';
import { useAccessibleQuestion } from './accessible-question.tsx';
import { positionOf } from './grid-navigation.ts';
import { SeatLine } from './seat-line.tsx';
import type { SectionPlan } from './section-plan.ts';
import { StageEdge } from './stage-edge.tsx';
import { useGridKeys } from './use-grid-keys.ts';
import { useLineCount } from './use-line-count.ts';
import { useZoom } from './use-zoom.ts';
import { CELL, type Zoom } from './zoom.ts';
import './seats.css';

export type SeatGridProps = {
  readonly model: HallModel;
  readonly hall: Hall;
  readonly section: HallSection;
  readonly plan: SectionPlan;
  readonly zoom: RefObject<Zoom | null>;
  /** The seat under the pointer or with the focus. */
  readonly pointed: Signal<number | null>;
  readonly onEscape: (() => void) | undefined;
};

/** A finger hits nothing smaller, so a tap on it zooms in instead. */
const TAP_PX_MIN = 24;

/** The seats of a section as a grid that zooms and scrolls inside its own area. */
export function SeatGrid({ model, hall, section, plan, zoom, pointed, onEscape }: SeatGridProps) {
  const texts = textsOf(hallMessages);
  const grid = useRef<HTMLDivElement>(null);
  const { scroller, sizer, range } = useZoom(plan, section.seatCount, grid, zoom);
  const lineCount = useLineCount(plan);
  const keys = useGridKeys({ grid, plan, lineCount, zoom, model, onEscape });
  const activeLine = positionOf(plan.lines, keys.active.value)?.line;
  const question = useAccessibleQuestion(model);

  function choose(number: number): void {
    const seat = hall.seats[number - 1];
    if (seat !== undefined) question.choose(seat);
  }

  function onClick(event: MouseEvent): void {
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (isTouch && CELL * (zoom.current?.scale.peek() ?? 1) < TAP_PX_MIN) {
      const { left, top } = (scroller.current as HTMLElement).getBoundingClientRect();
      zoom.current?.zoomTo(1, { x: event.clientX - left, y: event.clientY - top });
      announce(texts.zoomed);
      return;
    }
    const number = seatOf(event.target);
    if (number === null) return;
    keys.activate(number);
    choose(number);
  }

  return (
    <div class="seat-plan">
      <StageEdge side={plan.stage} text={texts.stage} />
      <div ref={scroller} class="seat-scroller">
        <div ref={sizer} class="seat-sizer">
          <div
            ref={grid}
            role="grid"
            tabIndex={-1}
            class="seat-plane"
            style={{ width: `${plan.width * CELL}px`, height: `${plan.height * CELL}px` }}
            aria-label={section.name === '' ? texts.seats : section.name}
            aria-describedby="grid-help"
            aria-multiselectable="true"
            aria-rowcount={range.value === null ? undefined : plan.lines.length}
            onClick={onClick}
            onKeyDown={(event) => keys.onKeyDown(event, choose)}
            onPointerOver={({ target }) => (pointed.value = seatOf(target))}
            onPointerLeave={() => (pointed.value = null)}
            onFocusIn={({ target }) => (pointed.value = seatOf(target))}
          >
            {plan.lines.map((line, index) =>
              index < lineCount || index === activeLine ? (
                <SeatLine
                  key={line.seats[0]?.seat.number}
                  model={model}
                  line={line}
                  index={index}
                  hasLayout={hall.hasLayout}
                  range={range.value}
                  active={range.value === null ? 0 : keys.active.value}
                />
              ) : null,
            )}
          </div>
        </div>
      </div>
      <p class="zoom-hint small" aria-hidden="true">
        {texts.zoomHint}
      </p>
      {question.dialog}
    </div>
  );
}

function seatOf(target: EventTarget | null): number | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-seat]') : null;
  return element === null ? null : Number(element.dataset['seat']);
}
