import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import { hallMessages } from '../messages.ts';
import type { Hall, HallSection } from '../seats/hall-seats.ts';
import { priceRange } from '../seats/prices.ts';
import { availabilityOf } from './availability.ts';
import './section-list.css';

type SectionListProps = {
  readonly model: HallModel;
  readonly hall: Hall;
  readonly hovered: Signal<number | null>;
  /** The open section. */
  readonly section: HallSection | undefined;
  readonly onOpen: (section: HallSection) => void;
};

/** A button for each section: name, prices and how many seats are left. */
export function SectionList({ model, hall, hovered, section: open, onOpen }: SectionListProps) {
  const texts = textsOf(hallMessages);
  const list = useRef<HTMLUListElement>(null);
  const last = useRef(open?.index);
  useEffect(() => {
    // Back on the map, the focus is where the fan left it.
    if (open === undefined && last.current !== undefined)
      list.current?.querySelectorAll('button')[last.current]?.focus();
    last.current = open?.index;
  }, [open]);
  return (
    <section class="card" aria-label={texts.sections}>
      <h2>{texts.sections}</h2>
      <ul ref={list} class={`section-list${hall.hasLayout ? '' : ' section-list-blocks'}`}>
        {hall.sections.map((section) => (
          <li
            key={section.index}
            onPointerEnter={() => (hovered.value = section.index)}
            onPointerLeave={() => (hovered.value = null)}
          >
            <SectionButton
              section={section}
              free={model.statuses.freeBySection.value[section.index] ?? 0}
              isHovered={hovered.value === section.index}
              isOpen={section === open}
              hasLayout={hall.hasLayout}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type SectionButtonProps = Pick<SectionListProps, 'onOpen'> & {
  readonly section: HallSection;
  readonly free: number;
  readonly isHovered: boolean;
  readonly isOpen: boolean;
  readonly hasLayout: boolean;
};

function SectionButton({ section, free, isHovered, isOpen, hasLayout, onOpen }: SectionButtonProps) {
  const texts = textsOf(hallMessages);
  const availability = availabilityOf(free, section.seatCount);
  const share = Math.ceil((free / section.seatCount) * 100);
  return (
    <button
      type="button"
      class={`section-button section-button-${availability}${isHovered ? ' section-button-hovered' : ''}`}
      aria-current={isOpen ? 'true' : undefined}
      onClick={() => onOpen(section)}
    >
      <span class="section-name">
        {section.name}
        {section.isStanding && <span class="badge">{texts.standing}</span>}
      </span>
      <span class="section-left">
        {free === 0 ? texts.soldOut : texts.seatsLeft(free, formatNumber(free))}
        {availability === 'few' && <span class="badge badge-warn">{texts.fewLeft}</span>}
      </span>
      {hasLayout && <span class="section-price muted small numbers">{priceRange(section.categories)}</span>}
      <span class="section-meter" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
    </button>
  );
}
