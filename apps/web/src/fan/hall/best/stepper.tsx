import type { Signal } from '@preact/signals';

type StepperProps = {
  readonly label: string;
  readonly fewer: string;
  readonly more: string;
  readonly value: Signal<number>;
  readonly max: number;
};

/** A number from 1 to `max`, by two buttons. */
export function Stepper({ label, fewer, more, value, max }: StepperProps) {
  const change = (by: number) => {
    value.value = Math.max(1, Math.min(max, value.value + by));
  };
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button type="button" aria-label={fewer} aria-disabled={value.value <= 1} onClick={() => change(-1)}>
        −
      </button>
      <output class="numbers" aria-live="polite">
        {value.value}
      </output>
      <button type="button" aria-label={more} aria-disabled={value.value >= max} onClick={() => change(1)}>
        +
      </button>
    </div>
  );
}
