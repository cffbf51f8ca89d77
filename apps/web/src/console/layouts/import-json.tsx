import type { Layout } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { Dialog } from '../../shared/components/dialog.tsx';
import { ImportFile, type ImportedFile } from './import-file.tsx';

/** Takes a layout from a file into the form, where it is seen before it is saved. */
export function ImportJson({ onImport }: { readonly onImport: (layout: Layout, text: string) => void }) {
  const isOpen = useSignal(false);
  const file = useSignal<ImportedFile | null>(null);
  const read = file.value?.read;
  const close = () => {
    isOpen.value = false;
    file.value = null;
  };
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        Import JSON …
      </button>
      {isOpen.value && (
        <Dialog title="Import a layout" onClose={close}>
          <ImportFile file={file} kinds={['json']} />
          <div class="row">
            <button
              type="button"
              class="button"
              aria-disabled={read?.ok !== true}
              onClick={() => {
                if (read?.ok !== true) return;
                onImport(read.layout, file.value?.text ?? '');
                close();
              }}
            >
              Show it
            </button>
            <button type="button" class="button button-quiet" onClick={close}>
              Back
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
