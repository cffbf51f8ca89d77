import type { Event } from '@frontrow/client';
import { Notice } from '../../../shared/components/notice.tsx';
import { DifferenceTable } from '../../audit/difference-table.tsx';
import { differencesOf } from '../../audit/difference.ts';
import { EVENT_LABELS, type EventTexts } from './event-form.ts';

type ChangedMeanwhileProps = {
  readonly before: Event;
  readonly now: Event;
  readonly onContinue: () => void;
};

/** What somebody else has changed since the operator opened the form. */
export function ChangedMeanwhile({ before, now, onContinue }: ChangedMeanwhileProps) {
  return (
    <Notice tone="warn" title="Somebody else has changed the date meanwhile" alert>
      <DifferenceTable
        caption="Changes of the other operator"
        differences={differencesOf(before, now)}
        before="When you opened it"
        after="Now"
        nameOf={(path) => EVENT_LABELS[path as keyof EventTexts] ?? path}
      />
      <p>
        <button type="button" class="button button-quiet" onClick={onContinue}>
          Keep their change, and mine on top
        </button>
      </p>
    </Notice>
  );
}
