type InstantProps = {
  /** ISO 8601. */
  readonly at: string;
  /** Of the venue; that of the browser by default. The zone is named where the two differ. */
  readonly timeZone?: string;
};

const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A date with its time, short and in full in its title. */
export function Instant({ at, timeZone = here }: InstantProps) {
  const date = new Date(at);
  const isHere = timeZone === here;
  const text = new Intl.DateTimeFormat('en', {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  }).format(date);
  return (
    <time dateTime={at} title={at} class="numbers nowrap">
      {text}
      {!isHere && <span class="muted small"> {timeZone}</span>}
    </time>
  );
}
