import type { RefObject } from 'preact';
import { textsOf } from '../../../shared/i18n/locale.ts';
import { hallMessages } from '../messages.ts';
import type { Zoom } from './zoom.ts';

const ZOOM_STEP = 1.5;

export function ZoomButtons({ zoom }: { readonly zoom: RefObject<Zoom | null> }) {
  const texts = textsOf(hallMessages);
  const zoomBy = (factor: number) => zoom.current?.zoomTo(zoom.current.scale.peek() * factor);
  const fit = () => zoom.current?.zoomTo(zoom.current.fitScale());
  return (
    <div class="button-group">
      <button
        type="button"
        class="icon-button"
        aria-label={texts.zoomOut}
        onClick={() => zoomBy(1 / ZOOM_STEP)}
      >
        −
      </button>
      <button type="button" class="icon-button" aria-label={texts.zoomIn} onClick={() => zoomBy(ZOOM_STEP)}>
        +
      </button>
      <button type="button" class="icon-button zoom-fit" aria-label={texts.zoomToFit} onClick={fit}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
        </svg>
      </button>
    </div>
  );
}
