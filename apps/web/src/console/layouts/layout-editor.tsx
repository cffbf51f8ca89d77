import type { Layout } from '@frontrow/client';
import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { HallPicture } from '../hall/hall-picture.tsx';
import { hallOf } from '../hall/hall.ts';
import { CategoryFields } from './category-fields.tsx';
import { countSeats } from './edit-layout.ts';
import { LayoutJson } from './layout-json.tsx';
import { SectionFields } from './section-fields.tsx';

type LayoutEditorProps = {
  readonly layout: Signal<Layout>;
  readonly isReadOnly: boolean;
};

/** A layout as a drawing, as a form with its names and prices, and as JSON. */
export function LayoutEditor({ layout, isReadOnly }: LayoutEditorProps) {
  const hall = useMemo(() => hallOf(layout.value), [layout.value]);
  return (
    <div class="layout-editor">
      <section class="stack" aria-label="Drawing">
        <HallPicture hall={hall} />
        <p class="muted small">
          {formatNumber(countSeats(layout.value))} seats in {formatNumber(layout.value.sections.length)}{' '}
          sections
        </p>
      </section>
      <fieldset class="stack layout-fields" disabled={isReadOnly}>
        <CategoryFields layout={layout} />
        <SectionFields layout={layout} />
        <LayoutJson layout={layout} />
      </fieldset>
    </div>
  );
}
