import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import { hallMessages } from '../messages.ts';
import type { HallModel } from '../hall-model.ts';
import type { Hall, HallSection } from '../seats/hall-seats.ts';

export type SectionProps = {
  readonly model: HallModel;
  readonly hall: Hall;
  readonly section: HallSection;
  readonly openSection: (section: HallSection | null) => void;
  /** Whether the fan has come here from another section or the map. */
  readonly takesFocus: boolean;
};

type SectionHeaderProps = SectionProps & {
  /** The seat that the fan points at. */
  readonly pointed?: ComponentChildren;
  readonly children?: ComponentChildren;
};

/** The name of the open section, and the ways to the others. */
export function SectionHeader({
  model,
  hall,
  section,
  openSection,
  takesFocus,
  pointed,
  children,
}: SectionHeaderProps) {
  const texts = textsOf(hallMessages);
  const heading = useRef<HTMLHeadingElement>(null);
  const { sections } = hall;
  const free = model.statuses.freeBySection.value[section.index] ?? 0;
  useEffect(() => {
    if (!takesFocus) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('.hall-main')?.scrollIntoView({ block: 'start' });
  }, []);
  const turn = (by: number) => {
    const next = sections[(section.index + by + sections.length) % sections.length];
    if (next !== undefined) openSection(next);
  };
  return (
    <div class="section-header">
      {sections.length > 1 && (
        <button
          type="button"
          class="icon-button"
          aria-label={texts.allSections}
          onClick={() => openSection(null)}
        >
          ←
        </button>
      )}
      <div class="section-title">
        <h2 ref={heading} tabIndex={-1}>
          {section.name === '' ? texts.seats : hall.hasLayout ? section.name : texts.seatRange(section.name)}
        </h2>
        <p class="muted small section-free">
          {free === 0 ? texts.soldOut : texts.seatsLeft(free, formatNumber(free))}
        </p>
        {pointed}
      </div>
      {sections.length > 2 && (
        <div class="button-group section-turn">
          <button
            type="button"
            class="icon-button"
            aria-label={texts.previousSection}
            onClick={() => turn(-1)}
          >
            ‹
          </button>
          <button type="button" class="icon-button" aria-label={texts.nextSection} onClick={() => turn(1)}>
            ›
          </button>
        </div>
      )}
      {children}
    </div>
  );
}
