import { signal } from '@preact/signals';

const announcement = signal('');

/** Lets a screen reader say a text once, when it has finished its sentence. */
export function announce(text: string): void {
  announcement.value = text;
}

/** The live region of the page; the page has exactly one. */
export function Announcements() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {announcement.value}
    </div>
  );
}
