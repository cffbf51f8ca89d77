import { signal } from '@preact/signals';

const announcement = signal('');
const urgent = signal('');

/** Lets a screen reader say a text once, when it has finished its sentence. */
export function announce(text: string): void {
  announcement.value = text;
}

/** Lets a screen reader interrupt itself for what the user has to know now. */
export function announceAtOnce(text: string): void {
  urgent.value = text;
}

/** The live regions of the page; the page has no others but the alerts of its forms. */
export function Announcements() {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
      <div class="visually-hidden" role="alert" aria-live="assertive">
        {urgent.value}
      </div>
    </>
  );
}
