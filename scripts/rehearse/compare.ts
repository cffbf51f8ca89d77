import { FIGURES, type Figures, formatFigure, isClose, ratioOf } from './figures.ts';
import type { Prediction } from './predict.ts';

export type Comparison = {
  readonly figure: keyof Figures;
  readonly predicted: string;
  readonly played: string;
  /** Played ÷ predicted; null where one of them has no value. */
  readonly ratio: number | null;
  /** Null for what chance decides. */
  readonly isMet: boolean | null;
};

export function compare(
  predicted: Figures & Pick<Prediction, 'byChance'>,
  played: Figures,
): readonly Comparison[] {
  return FIGURES.map((figure) => ({
    figure,
    predicted: formatFigure(figure, predicted[figure]),
    played: formatFigure(figure, played[figure]),
    ratio: ratioOf(figure, predicted[figure], played[figure]),
    isMet: predicted.byChance.includes(figure) ? null : isClose(figure, predicted[figure], played[figure]),
  }));
}
