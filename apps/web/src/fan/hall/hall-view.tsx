import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso/router';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../shared/announcements.tsx';
import { Notice } from '../../shared/components/notice.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { BestSeats } from './best/best-seats.tsx';
import { HallHeader } from './hall-header.tsx';
import type { HallModel } from './hall-model.ts';
import { NoticeOfChoice } from './hold/notice-of-choice.tsx';
import { HallMapView } from './map/hall-map.tsx';
import { SectionList } from './map/section-list.tsx';
import { hallMessages } from './messages.ts';
import type { OpenHall } from './open-hall.ts';
import { Legend } from './section/legend.tsx';
import { SectionView } from './section/section-view.tsx';
import type { Hall, HallSection } from './seats/hall-seats.ts';
import { StandingSection } from './section/standing-section.tsx';
import { Tray } from './tray/tray.tsx';

/** The open hall: the map or the open section, and beside it everything that leads to a hold. */
export function HallView({ model, opened }: { readonly model: HallModel; readonly opened: OpenHall }) {
  const { query, route } = useLocation();
  const hovered = useSignal<number | null>(null);
  const hall = model.hall.value as Hall;
  const only = hall.sections.length === 1 ? hall.sections[0] : undefined;
  const section = only ?? hall.sections.find(({ name }) => name === query['section']);
  const hasMoved = useRef(false);
  const openSection = (next: HallSection | null) => {
    hasMoved.current = true;
    route(`/events/${model.event.id}${next === null ? '' : `?section=${encodeURIComponent(next.name)}`}`);
  };
  const navigate = { model, hall, openSection, takesFocus: hasMoved.current };
  return (
    <div class="hall">
      <HallHeader event={model.event} />
      <SaleNotice model={model} />
      <div class="hall-columns">
        <div class="hall-main card">
          {section === undefined ? (
            <HallMapView model={model} hall={hall} hovered={hovered} onOpen={openSection} />
          ) : section.isStanding ? (
            <StandingSection key={section.name} {...navigate} section={section} />
          ) : (
            <SectionView key={section.name} {...navigate} section={section} />
          )}
          <Legend hall={hall} section={section} />
        </div>
        <aside class="hall-aside">
          <BestSeats model={model} hall={hall} section={section} />
          {only === undefined && (
            <SectionList model={model} hall={hall} hovered={hovered} section={section} onOpen={openSection} />
          )}
        </aside>
      </div>
      <div class="hall-tray">
        <NoticeOfChoice model={model} hall={hall} />
        <Tray model={model} hall={hall} opened={opened} />
      </div>
    </div>
  );
}

/** Says that the sale of the date is stopped. */
function SaleNotice({ model }: { readonly model: HallModel }) {
  const texts = textsOf(hallMessages);
  const sales = model.facts.value?.salesState ?? 'RUNNING';
  const title = sales === 'STOPPED' ? texts.stopped : sales === 'CANCELLED' ? texts.cancelled : null;
  useEffect(() => {
    if (title !== null) announce(title);
  }, [title]);
  if (title === null) return null;
  return (
    <Notice tone="warn" title={title}>
      {model.facts.value?.reason !== null && <p>{model.facts.value?.reason}</p>}
      {sales === 'STOPPED' && <p>{texts.stoppedText}</p>}
    </Notice>
  );
}
