import { BestSeatsForm } from '../best/best-seats.tsx';
import { SectionHeader, type SectionProps } from './section-header.tsx';
import './section-view.css';

/** In a standing section all places are alike, so a fan chooses how many. */
export function StandingSection(props: SectionProps) {
  const { model, hall, section } = props;
  return (
    <div class="section-view">
      <SectionHeader {...props} />
      <div class="standing">
        <BestSeatsForm model={model} hall={hall} section={section} />
      </div>
    </div>
  );
}
