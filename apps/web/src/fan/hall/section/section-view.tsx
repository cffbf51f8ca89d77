import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { textsOf } from '../../../shared/i18n/locale.ts';
import { hallMessages } from '../messages.ts';
import { SeatGrid } from './seat-grid.tsx';
import { SectionHeader, type SectionProps } from './section-header.tsx';
import { createSectionPlan } from './section-plan.ts';
import type { Zoom } from './zoom.ts';
import { PointedSeat } from './pointed-seat.tsx';
import { ZoomButtons } from './zoom-buttons.tsx';
import './section-view.css';

/** The open section: its seats to choose from. */
export function SectionView(props: SectionProps) {
  const { model, hall, section, openSection } = props;
  const texts = textsOf(hallMessages);
  const plan = useMemo(
    () => createSectionPlan(section, hall.stage, hall.hasLayout),
    [section, hall.stage, hall.hasLayout],
  );
  const zoom = useRef<Zoom | null>(null);
  const pointed = useSignal<number | null>(null);
  return (
    <div class="section-view">
      <SectionHeader {...props} pointed={<PointedSeat hall={hall} model={model} pointed={pointed} />}>
        <ZoomButtons zoom={zoom} />
      </SectionHeader>
      <SeatGrid
        model={model}
        hall={hall}
        section={section}
        plan={plan}
        zoom={zoom}
        pointed={pointed}
        onEscape={hall.sections.length > 1 ? () => openSection(null) : undefined}
      />
      <p class="visually-hidden" id="grid-help">
        {texts.gridHelp}
      </p>
    </div>
  );
}
