import type { Signal } from '@preact/signals';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { hallMessages } from '../messages.ts';
import type { HallSection } from '../seats/hall-seats.ts';
import { availabilityOf } from './availability.ts';
import { centreOf } from './box.ts';
import { dotsOf } from './dots.ts';
import type { HallMap, MapSection } from './map-geometry.ts';
import { LINE_HEIGHT, fitLabel, textWidth } from './map-label.ts';

type MapSectionProps = {
  readonly model: HallModel;
  readonly map: HallMap;
  readonly section: HallSection;
  /** Pixels of the screen for a unit of the map. */
  readonly scale: number;
  readonly hovered: Signal<number | null>;
  readonly onOpen: (section: HallSection) => void;
};

/** A section on the map: its shape, its seats as dots, its name and how many seats are left. */
export function MapSectionShape({ model, map, section, scale, hovered, onOpen }: MapSectionProps) {
  const texts = textsOf(hallMessages);
  const { corners, margin, box } = map.sections[section.index] as MapSection;
  const free = model.statuses.freeBySection.value[section.index] ?? 0;
  const availability = availabilityOf(free, section.seatCount);
  const isHovered = hovered.value === section.index;
  const number = formatNumber(free);
  const counts = free === 0 ? [texts.soldOut] : [texts.left(number), number];
  return (
    <g
      class={`map-section map-section-${availability}${isHovered ? ' map-section-hovered' : ''}`}
      onClick={() => onOpen(section)}
      onPointerEnter={() => (hovered.value = section.index)}
      onPointerLeave={() => (hovered.value = null)}
    >
      <polygon
        class="map-shape"
        points={corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        stroke-width={margin === 0 ? 2 : 2 * margin}
      />
      {map.dotRadius !== null && <SeatDots model={model} map={map} section={section} />}
      <Label name={section.name} counts={counts} box={box} scale={scale} />
    </g>
  );
}

function SeatDots({ model, map, section }: Pick<MapSectionProps, 'model' | 'map' | 'section'>) {
  const { statuses } = model;
  if (statuses.revision.value === 0 || map.toMap === null) return null;
  const dots = dotsOf(section, map.toMap, (number) => statuses.peek(number) === 'AVAILABLE');
  return (
    <g class="map-dots" stroke-width={2 * (map.dotRadius ?? 0)}>
      {dots.map(({ colour, path }) => (
        <path
          key={colour}
          d={path}
          {...(colour === null ? { class: 'map-dots-taken' } : { stroke: colour })}
        />
      ))}
    </g>
  );
}

type LabelProps = Pick<MapSection, 'box'> & {
  readonly name: string;
  /** The same in words and in short. */
  readonly counts: readonly string[];
  readonly scale: number;
};

function Label({ name, counts, box, scale }: LabelProps) {
  const label = fitLabel(name, counts, box.width * scale - 12, box.height * scale - 4);
  if (label === null) return null;
  const size = label.size / scale;
  const centre = centreOf(box);
  const width = Math.max(...label.lines.map((line) => textWidth(line, size))) + size * 0.8;
  const height = (label.lines.length * LINE_HEIGHT + 0.35) * size;
  return (
    <g class="map-label" font-size={size}>
      <rect
        x={centre.x - width / 2}
        y={centre.y - height / 2}
        width={width}
        height={height}
        rx={size * 0.5}
      />
      {label.lines.map((line, index) => (
        <text
          key={index}
          class={counts.includes(line) ? 'map-count' : undefined}
          x={centre.x}
          y={centre.y + (index - (label.lines.length - 1) / 2) * LINE_HEIGHT * size}
        >
          {line}
        </text>
      ))}
    </g>
  );
}
