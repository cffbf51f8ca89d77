import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { hallMessages } from '../messages.ts';
import { Seat } from './seat.tsx';
import { type Line, LABEL_WIDTH } from './section-plan.ts';
import { type Range, seatsWithin } from './visible-range.ts';
import { CELL } from './zoom.ts';

export type SeatLineProps = {
  readonly model: HallModel;
  readonly line: Line;
  readonly index: number;
  readonly hasLayout: boolean;
  /** The part of the plan that is rendered; null for all of it. */
  readonly range: Range | null;
  /** The seat with the focus, which is always rendered. */
  readonly active: number;
};

/** A row of the grid, with its label at both ends. */
export function SeatLine({ model, line, index, hasLayout, range, active }: SeatLineProps) {
  const shown = seatsWithin(line, range, active);
  const [first, last] = [line.seats[0], line.seats.at(-1)];
  if (shown.length === 0 || first === undefined || last === undefined) return null;
  return (
    <div role="row" aria-rowindex={range === null ? undefined : index + 1}>
      {hasLayout && (
        <div
          role="rowheader"
          class="line-label"
          style={{ left: `${(first.x - 0.5 - LABEL_WIDTH) * CELL}px`, top: `${first.y * CELL}px` }}
          aria-label={textsOf(hallMessages).row(line.label)}
        >
          {line.label}
        </div>
      )}
      {shown.map((placed) => (
        <Seat
          key={placed.seat.number}
          model={model}
          placed={placed}
          hasLayout={hasLayout}
          lineColumn={range === null ? undefined : line.seats.indexOf(placed) + 1}
        />
      ))}
      {hasLayout && (
        <div
          class="line-label"
          style={{ left: `${(last.x + 0.5) * CELL}px`, top: `${last.y * CELL}px` }}
          aria-hidden="true"
        >
          {line.label}
        </div>
      )}
    </div>
  );
}
