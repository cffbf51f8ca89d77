import type { ComponentChildren } from 'preact';

export type FilterFormProps = {
  readonly label: string;
  readonly onApply: () => void;
  readonly onReset: () => void;
  /** The fields. */
  readonly children: ComponentChildren;
};

/** The fields that narrow a list. */
export function FilterForm({ label, onApply, onReset, children }: FilterFormProps) {
  return (
    <form
      class="filter-form"
      role="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onApply();
      }}
    >
      {children}
      <div class="row filter-form-acts">
        <button class="button">Filter</button>
        <button type="button" class="button button-quiet" onClick={onReset}>
          Reset
        </button>
      </div>
    </form>
  );
}
