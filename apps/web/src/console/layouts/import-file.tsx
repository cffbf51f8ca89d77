import type { Signal } from '@preact/signals';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { Field } from '../components/fields.tsx';
import { type ReadLayout, readLayout } from './read-layout.ts';

export type ImportedFile = {
  readonly kind: 'json' | 'csv';
  readonly name: string;
  readonly text: string;
  /** Of a JSON file, read once, because it may have 50,000 seats. */
  readonly read: ReadLayout | null;
};

type ImportFileProps = {
  readonly file: Signal<ImportedFile | null>;
  readonly kinds: readonly ImportedFile['kind'][];
  /** Called with another file: what was said of the file before is out of date. */
  readonly onChosen?: () => void;
};

/** Reads a file of the operator; nothing is sent yet. */
export function ImportFile({ file, kinds, onChosen }: ImportFileProps) {
  const hint = kinds.includes('csv')
    ? 'JSON as it is exported, or CSV in UTF-8 with the columns section, row, seat, x, y, category and price.'
    : 'JSON as it is exported.';
  const read = file.value?.read;
  async function take(chosen: File): Promise<void> {
    file.value = await readFile(chosen);
    onChosen?.();
  }
  return (
    <div class="stack">
      <Field label="File" hint={hint} error={read?.ok === false ? read.detail : null}>
        {(described) => (
          <input
            {...described}
            type="file"
            accept={kinds.map((kind) => `.${kind}`).join()}
            onChange={({ currentTarget }) => {
              const [chosen] = currentTarget.files ?? [];
              if (chosen !== undefined) void take(chosen);
            }}
          />
        )}
      </Field>
      {file.value !== null && (
        <p class="muted small" role="status">
          {file.value.name}: {formatNumber(file.value.text.length)} characters
        </p>
      )}
    </div>
  );
}

async function readFile(chosen: File): Promise<ImportedFile> {
  const text = await chosen.text();
  const isJson = /\.json$/i.test(chosen.name) || /^\s*\{/.test(text.slice(0, 100));
  const { name } = chosen;
  return isJson
    ? { kind: 'json', name, text, read: readLayout(text) }
    : { kind: 'csv', name, text, read: null };
}
