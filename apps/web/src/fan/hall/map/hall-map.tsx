import type { Signal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { hallMessages } from '../messages.ts';
import type { Hall, HallSection } from '../seats/hall-seats.ts';
import { type HallMap, createHallMap } from './map-geometry.ts';
import { MapSectionShape } from './map-section.tsx';
import { useScale } from './use-scale.ts';
import './map.css';

type HallMapProps = {
  readonly model: HallModel;
  readonly hall: Hall;
  /** The section under the pointer, in the map or in the list. */
  readonly hovered: Signal<number | null>;
  readonly onOpen: (section: HallSection) => void;
};

/** The hall from above. The list of sections beside it has the same in buttons, so assistive technology skips the map. */
export function HallMapView({ model, hall, hovered, onOpen }: HallMapProps) {
  const texts = textsOf(hallMessages);
  const map = useMemo(() => createHallMap(hall), [hall]);
  const drawing = useRef<SVGSVGElement>(null);
  const scale = useScale(drawing, map.width, map.height);
  const hasFree = model.statuses.freeBySection.value.some((free) => free > 0);
  return (
    <div class="hall-map" aria-hidden="true">
      <svg ref={drawing} viewBox={`0 0 ${map.width} ${map.height.toFixed(0)}`}>
        <Stage map={map} text={texts.stage} scale={scale} />
        {hall.sections.map((section) => (
          <MapSectionShape
            key={section.index}
            model={model}
            map={map}
            section={section}
            scale={scale}
            hovered={hovered}
            onOpen={onOpen}
          />
        ))}
      </svg>
      <p class="muted small hall-map-hint">{hasFree ? texts.mapHint : texts.allTaken}</p>
    </div>
  );
}

function Stage({
  map,
  text,
  scale,
}: {
  readonly map: HallMap;
  readonly text: string;
  readonly scale: number;
}) {
  const { x, y, width, height } = map.stage;
  const [right, bottom, bend] = [x + width, y + height, height * 0.7];
  const path = `M${x} ${y}H${right}L${right - height * 0.6} ${bottom - bend * 0.5}Q${x + width / 2} ${bottom + bend} ${x + height * 0.6} ${bottom - bend * 0.5}Z`;
  return (
    <g class="map-stage">
      <path d={path} />
      <text x={x + width / 2} y={y + height * 0.52} font-size={Math.min(height * 0.5, 13 / scale)}>
        {text}
      </text>
    </g>
  );
}
