const PATHS = {
  accessible:
    'M12 4.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zm-1.2 1.7v6.3h5.2l2.6 5.4 2-1-3.2-6.6h-4.4v-1.7h3.6V6.6H13zM9 10.3a6 6 0 1 0 7.6 8l-1.8-1.1A4 4 0 1 1 9 12.5z',
  companion:
    'M8.5 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zm0 2c-3.6 0-6.5 2-6.5 4.6V20h13v-3.4c0-2.6-2.9-4.6-6.5-4.6zM19 7h-2v3h-3v2h3v3h2v-3h3v-2h-3z',
};

/** The sign of an accessible seat, or of a seat for a companion. */
export function SeatIcon({ kind }: { readonly kind: 'accessible' | 'companion' }) {
  return (
    <svg class="seat-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[kind]} />
    </svg>
  );
}
