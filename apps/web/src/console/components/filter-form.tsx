import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

type FilterFormProps = {
  readonly label: string;
  /** Whether the list is narrowed now. */
  readonly isSet: boolean;
  readonly onApply: () => void;
  readonly onReset: () => void;
  /** The fields. */
  readonly children: ComponentChildren;
};

/** The fields that narrow a list. They are closed at first where the page is narrow and nothing is set. */
export function FilterForm({ label, isSet, onApply, onReset, children }: FilterFormProps) {
  const [isOpen] = useState(() => isSet || matchMedia('(width >= 48rem)').matches);
  return (
    <details class="filter" open={isOpen}>
      <summary>{isSet ? 'Filter (set)' : 'Filter'}</summary>
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
    </details>
  );
}
