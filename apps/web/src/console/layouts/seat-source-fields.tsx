import type { Event } from '@frontrow/client';
import { useMemo } from 'preact/hooks';
import { SelectField } from '../components/fields.tsx';
import { Loaded } from '../components/loaded.tsx';
import { usePages } from '../data/use-query.ts';
import { HallPicture } from '../hall/hall-picture.tsx';
import { hallOf } from '../hall/hall.ts';
import { ImportFile } from './import-file.tsx';
import { readTemplates } from './read-templates.ts';
import type { SeatSource, SeatSourceKind } from './seat-source.ts';

type SeatSourceFieldsProps = {
  readonly source: SeatSource;
  readonly copied: Event | null;
  readonly onChosen: () => void;
};

const KINDS: Readonly<Record<Exclude<SeatSourceKind, 'copy'>, string>> = {
  plain: 'Numbers alone, all at one price',
  template: 'A layout template',
  file: 'A JSON file',
};

/** Where the seats of a new date come from, with a drawing where there is one. */
export function SeatSourceFields({ source, copied, onChosen }: SeatSourceFieldsProps) {
  const options: Readonly<Record<string, string>> =
    source.copiedId === null ? KINDS : { copy: `The layout of ${copied?.venue ?? 'the date'}`, ...KINDS };
  const kind = source.kind.value;
  return (
    <fieldset class="stack layout-fields">
      <legend class="visually-hidden">Seats</legend>
      <SelectField label="Seats from" value={source.kind} options={options} />
      {kind === 'template' && <TemplateField source={source} />}
      {kind === 'file' && <FileField source={source} onChosen={onChosen} />}
      {kind === 'file' && (
        <p class="muted small">
          Import a CSV file as a <a href="/console/layouts/new">template</a> first.
        </p>
      )}
    </fieldset>
  );
}

function FileField({ source: { file }, onChosen }: Pick<SeatSourceFieldsProps, 'source' | 'onChosen'>) {
  const read = file.value?.read;
  const hall = useMemo(() => (read?.ok === true ? hallOf(read.layout) : null), [read]);
  return (
    <>
      <ImportFile file={file} kinds={['json']} onChosen={onChosen} />
      {hall !== null && <HallPicture hall={hall} />}
    </>
  );
}

function TemplateField({ source }: { readonly source: SeatSource }) {
  const templates = usePages(readTemplates, []);
  return (
    <Loaded query={templates}>
      {(items) => (
        <SelectField
          label="Template"
          value={source.layoutTemplateId}
          options={{
            '': items.length === 0 ? 'There is no template yet' : 'Choose a template',
            ...Object.fromEntries(
              items.map(({ id, name, seatCount }) => [id, `${name} (${seatCount} seats)`]),
            ),
          }}
        />
      )}
    </Loaded>
  );
}
