import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { theme } from '../../shared/theme.ts';
import type { Hall } from './hall.ts';
import { drawHall } from './draw-hall.ts';
import { type HallPoints, nearestSeat, pointsOf } from './hall-points.ts';
import './hall.css';

const HEIGHT_MAX_REM = 26;

type HallPictureProps = {
  readonly hall: Hall;
  /** Colours the seats by their states; without them they have the colours of their categories. */
  readonly letters?: ReadonlySignal<string>;
  /** Called with the number of the seat that is nearest to a click. */
  readonly onPick?: (number: number) => void;
};

/** A drawing of the hall; the lists beside it say the same in words. Nothing for a hall that is one line. */
export function HallPicture({ hall, letters, onPick }: HallPictureProps) {
  const points = useMemo(() => pointsOf(hall), [hall]);
  return points.isLine ? null : <Drawing hall={hall} points={points} letters={letters} onPick={onPick} />;
}

type DrawingProps = {
  readonly hall: Hall;
  readonly points: HallPoints;
  readonly letters: ReadonlySignal<string> | undefined;
  readonly onPick: ((number: number) => void) | undefined;
};

function Drawing({ hall, points, letters, onPick }: DrawingProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const states = letters?.value;
  const chosenTheme = theme.value;
  useEffect(() => {
    const draw = () => canvas.current && drawHall(canvas.current, hall, points, states);
    draw();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const resized = new ResizeObserver(draw);
    if (canvas.current) resized.observe(canvas.current);
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      resized.disconnect();
    };
  }, [hall, points, states, chosenTheme]);
  return (
    <canvas
      ref={canvas}
      class={onPick === undefined ? 'hall-picture' : 'hall-picture hall-picture-pick'}
      role="img"
      aria-label="Drawing of the hall"
      style={{
        aspectRatio: `${points.width} / ${points.height}`,
        maxWidth: `${(HEIGHT_MAX_REM * points.width) / points.height}rem`,
      }}
      onClick={({ offsetX, offsetY, currentTarget: { clientWidth, clientHeight } }) =>
        onPick?.(nearestSeat(points, offsetX / clientWidth, offsetY / clientHeight))
      }
    >
      <span>
        <span class="hall-colour-A" />
        <span class="hall-colour-H" />
        <span class="hall-colour-S" />
        <span class="hall-colour-B" />
        <span class="hall-colour-stage" />
      </span>
    </canvas>
  );
}
