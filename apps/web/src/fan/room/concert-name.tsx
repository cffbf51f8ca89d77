import type { Concert } from '@frontrow/client';

export function ConcertName({ concert }: { readonly concert: Concert }) {
  return (
    <p class="room-concert">
      <a href={`/concerts/${concert.id}`}>{concert.title}</a> <span class="muted">{concert.artist}</span>
    </p>
  );
}
