import './poster.css';

/** A picture in place of a poster: rows of seats before a stage, in colours of the concert's own. */
export function Poster({
  concertId,
  class: extra = '',
}: {
  readonly concertId: string;
  readonly class?: string;
}) {
  return (
    <div class={`poster ${extra}`} style={{ '--poster-hue': String(hueOf(concertId)) }} aria-hidden="true">
      <svg viewBox="0 0 320 120" preserveAspectRatio="xMidYMid slice" focusable="false">
        {ROWS.map(({ radius, seats }) => (
          <circle
            key={radius}
            class="poster-row"
            cx="160"
            cy="-40"
            r={radius}
            stroke-dasharray={`${(Math.PI * radius) / seats - 5} 5`}
          />
        ))}
        <ellipse class="poster-stage" cx="160" cy="-8" rx="74" ry="26" />
      </svg>
    </div>
  );
}

const ROWS = [78, 96, 114, 132, 150, 168].map((radius) => ({ radius, seats: Math.round(radius / 4) }));

/** The same for the same concert on every device. */
function hueOf(concertId: string): number {
  return Array.from(concertId).reduce((hash, character) => (hash * 31 + character.codePointAt(0)!) % 360, 7);
}
