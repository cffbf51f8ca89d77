import type { Layout } from '@frontrow/client';
import { type Signal, useSignal } from '@preact/signals';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { changeSection, joinLabels, relabelSeats, renameRow, splitLabels } from './edit-layout.ts';

/** More rows than these are changed as JSON. */
const ROWS_MAX = 100;

/** Names of the sections, rows and seats. */
export function SectionFields({ layout }: { readonly layout: Signal<Layout> }) {
  return (
    <section class="stack">
      <h2>Sections</h2>
      {layout.value.sections.map((section, index) => (
        <SectionField
          key={index}
          section={section}
          onChange={(change) => {
            layout.value = changeSection(layout.value, index, change);
          }}
        />
      ))}
    </section>
  );
}

type Section = Layout['sections'][number];

type SectionFieldProps = { readonly section: Section; readonly onChange: (change: Section) => void };

function SectionField({ section, onChange }: SectionFieldProps) {
  const isOpen = useSignal(false);
  const { name, kind, rows } = section;
  const seatCount = rows.reduce((sum, { seats }) => sum + seats.length, 0);
  return (
    <div class="stack section">
      <div class="row">
        <input
          class="input section-name"
          aria-label={`Name of section ${name}`}
          value={name}
          maxLength={100}
          onChange={({ currentTarget }) => onChange({ ...section, name: currentTarget.value })}
        />
        <select
          class="choice"
          aria-label={`Kind of section ${name}`}
          value={kind ?? 'SEATED'}
          onChange={({ currentTarget }) =>
            onChange({ ...section, kind: currentTarget.value as 'SEATED' | 'STANDING' })
          }
        >
          <option value="SEATED">Seated</option>
          <option value="STANDING">Standing</option>
        </select>
        <span class="muted small numbers">{formatNumber(seatCount)} seats</span>
      </div>
      <details
        onToggle={({ currentTarget }) => {
          isOpen.value = currentTarget.open;
        }}
      >
        <summary>{formatNumber(rows.length)} rows</summary>
        {isOpen.value && <Rows section={section} onChange={onChange} />}
      </details>
    </div>
  );
}

function Rows({ section, onChange }: SectionFieldProps) {
  return (
    <div class="stack rows">
      {section.rows.slice(0, ROWS_MAX).map(({ label, seats }, index) => (
        <div key={index} class="row">
          <input
            class="input row-name"
            aria-label={`Label of row ${label}`}
            value={label}
            maxLength={20}
            onChange={({ currentTarget }) => onChange(renameRow(section, index, currentTarget.value))}
          />
          <SeatLabels
            row={label}
            labels={seats.map((seat) => seat.label)}
            onChange={(labels) => {
              const changed = relabelSeats(section, index, labels);
              if (changed !== null) onChange(changed);
            }}
          />
        </div>
      ))}
      {section.rows.length > ROWS_MAX && (
        <p class="muted small">The first {ROWS_MAX} rows. Change the others as JSON.</p>
      )}
    </div>
  );
}

type SeatLabelsProps = {
  readonly row: string;
  readonly labels: readonly string[];
  readonly onChange: (labels: readonly string[]) => void;
};

function SeatLabels({ row, labels, onChange }: SeatLabelsProps) {
  const error = useSignal<string | null>(null);
  return (
    <span class="seat-labels">
      <input
        class="input"
        aria-label={`Labels of the seats of row ${row}`}
        aria-invalid={error.value !== null}
        value={joinLabels(labels)}
        onChange={({ currentTarget }) => {
          const changed = splitLabels(currentTarget.value);
          const fits = changed.length === labels.length;
          error.value = fits
            ? null
            : `The row has ${labels.length} seats, and these are ${changed.length} labels.`;
          if (fits) onChange(changed);
        }}
      />
      {error.value !== null && <span class="field-error">{error.value}</span>}
    </span>
  );
}
