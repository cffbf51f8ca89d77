import type { Layout } from '@frontrow/client';
import { saveFile } from '../components/save-file.ts';

/** Saves a layout as the routes that take one read it. */
export function ExportJson({ name, layout }: { readonly name: string; readonly layout: Layout }) {
  return (
    <button
      type="button"
      class="button button-quiet"
      onClick={() =>
        saveFile(name, new Blob([JSON.stringify(layout, null, 1)], { type: 'application/json' }))
      }
    >
      Export JSON
    </button>
  );
}
