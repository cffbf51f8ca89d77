import { signal } from '@preact/signals';
import { announce } from '../../shared/announcements.tsx';

const SHOWN_MS = 6_000;

type Toast = { readonly id: number; readonly text: string };

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

/** Tells the result of an act: shown for some seconds, and read out once. */
export function showToast(text: string): void {
  const id = ++lastId;
  toasts.value = [...toasts.value, { id, text }];
  announce(text);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** The page has exactly one. */
export function Toasts() {
  return (
    <div class="toasts">
      {toasts.value.map(({ id, text }) => (
        <div key={id} class="toast">
          <span>{text}</span>
          <button type="button" class="toast-close" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
