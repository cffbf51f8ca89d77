import type { Layout } from '@frontrow/client';
import { type Signal, useSignal } from '@preact/signals';
import { TextAreaField } from '../components/fields.tsx';
import { readLayout } from './read-layout.ts';

/** A browser edits longer texts too slowly: such a layout is downloaded, changed and imported. */
const TEXT_LENGTH_MAX = 400_000;

/** The layout as JSON, which has everything that the form has not. */
export function LayoutJson({ layout }: { readonly layout: Signal<Layout> }) {
  const text = useSignal('');
  const error = useSignal<string | null>(null);
  const isLong = text.value.length > TEXT_LENGTH_MAX;
  return (
    <details
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) text.value = JSON.stringify(layout.value, null, 1);
        error.value = null;
      }}
    >
      <summary>JSON</summary>
      {isLong ? (
        <p class="muted">
          This layout is too long to be edited here. Export it, change the file and import it.
        </p>
      ) : (
        <div class="stack layout-json">
          <TextAreaField label="Layout as JSON" value={text} error={error.value} />
          <p>
            <button
              type="button"
              class="button button-quiet"
              onClick={() => {
                const read = readLayout(text.value);
                error.value = read.ok ? null : read.detail;
                if (read.ok) layout.value = read.layout;
              }}
            >
              Use this JSON
            </button>
          </p>
        </div>
      )}
    </details>
  );
}
