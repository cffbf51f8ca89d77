import { type Event, type Layout, answerOf, replaceLayout } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { Notice } from '../../shared/components/notice.tsx';
import { Allowed } from '../components/allowed.tsx';
import { Loaded } from '../components/loaded.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import { useQuery } from '../data/use-query.ts';
import { may } from '../sign-in/scopes.ts';
import { ChangesList } from './changes-list.tsx';
import { ExportJson } from './export-json.tsx';
import { FaultList } from './fault-list.tsx';
import { ImportJson } from './import-json.tsx';
import { KeepAsTemplate } from './keep-as-template.tsx';
import { LayoutEditor } from './layout-editor.tsx';
import { type LayoutSource, layoutFaults } from './layout-faults.ts';
import { type VersionedLayout, readEventLayout } from './read-versioned.ts';
import './layouts.css';

type EventLayoutProps = { readonly event: Event; readonly onChanged: () => void };

/** The layout of a date, whose seats keep their numbers. */
export function EventLayout({ event, onChanged }: EventLayoutProps) {
  const query = useQuery((signal) => readEventLayout(event.id, signal), [event.id]);
  return (
    <Loaded query={query}>
      {(read) => (
        <LoadedLayout
          key={read.etag}
          event={event}
          read={read}
          onChanged={() => {
            onChanged();
            void query.refresh();
          }}
        />
      )}
    </Loaded>
  );
}

function LoadedLayout({ event, read, onChanged }: EventLayoutProps & { readonly read: VersionedLayout }) {
  const layout = useSignal<Layout>(read.layout);
  const base = useSignal(read);
  const theirs = useSignal<VersionedLayout | null>(null);
  const imported = useSignal<{ readonly layout: Layout; readonly text: string } | null>(null);
  const path = { eventId: event.id };
  const act = useAct(
    async () => {
      const headers = { 'If-Match': base.value.etag };
      const answer = await send(() => answerOf(replaceLayout({ client, path, body: layout.value, headers })));
      if (!answer.ok && answer.problem.code === 'PRECONDITION_FAILED') {
        const newest = await readEventLayout(event.id);
        if (newest.ok) theirs.value = newest.data;
      }
      return answer;
    },
    ({ layoutVersion }) => {
      showToast(`Version ${layoutVersion} of the layout is in force`);
      onChanged();
    },
  );
  const source: LayoutSource =
    imported.value?.layout === layout.value
      ? { kind: 'json', text: imported.value.text }
      : { kind: 'form', layout: layout.value };
  const faults = layoutFaults(act.problem.value, source, '');
  return (
    <div class="stack">
      <div class="row">
        <ExportJson name={`layout-${event.id}.json`} layout={layout.value} />
        <Allowed scope="sales:write">
          <ImportJson
            onImport={(changed, text) => {
              layout.value = changed;
              imported.value = { layout: changed, text };
            }}
          />
          <KeepAsTemplate eventId={event.id} />
        </Allowed>
      </div>
      {event.layoutVersion === 0 && (
        <p class="muted">
          This date has no layout: its seats have numbers alone. Import one to arrange them.
        </p>
      )}
      <LayoutEditor layout={layout} isReadOnly={!may('sales:write') || event.salesState === 'CANCELLED'} />
      <Allowed scope="sales:write">
        <section class="card stack">
          <ChangesList before={base.value.layout} after={layout.value} />
          <FaultList faults={faults} />
          {theirs.value !== null && (
            <Notice tone="warn" title="Somebody else has changed the date meanwhile" alert>
              <ChangesList before={base.value.layout} after={theirs.value.layout} />
              <p>
                <button
                  type="button"
                  class="button button-quiet"
                  onClick={() => {
                    if (theirs.value !== null) base.value = theirs.value;
                    theirs.value = null;
                    act.clear();
                  }}
                >
                  Replace their layout by mine
                </button>
              </p>
            </Notice>
          )}
          {faults.length === 0 && <ProblemNotice problem={act.problem.value} />}
          <p class="row">
            <button
              type="button"
              class="button"
              aria-disabled={
                act.isSending.value || layout.value === base.value.layout || theirs.value !== null
              }
              onClick={() => {
                if (layout.value !== base.value.layout && theirs.value === null) void act.run(undefined);
              }}
            >
              {act.isSending.value ? 'Sending …' : `Save as version ${event.layoutVersion + 1}`}
            </button>
            <span class="muted small">
              Held and sold seats keep their numbers, places and prices; the price is of seats that are sold
              next.
            </span>
          </p>
        </section>
      </Allowed>
    </div>
  );
}
