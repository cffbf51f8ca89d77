/** The value of a `datetime-local` input for an ISO 8601 instant, by the clock on the wall here; empty for none. */
export function toLocalInput(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => twoDigits(part));
  const seconds = date.getSeconds() === 0 ? [] : [date.getSeconds()];
  const time = [date.getHours(), date.getMinutes(), ...seconds].map((part) => twoDigits(part));
  return `${day.join('-')}T${time.join(':')}`;
}

/** The ISO 8601 instant of a `datetime-local` input; empty where it is not complete. */
export function toInstant(local: string): string {
  const date = new Date(local); // a text without an offset is in the time zone of the browser (ECMA-262, Date.parse)
  return local === '' || Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** For example `Asia/Seoul (GMT+9)`, at this instant or now. */
export function timeZoneName(instant: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' });
  const date = new Date(instant);
  const offset = format
    .formatToParts(Number.isNaN(date.getTime()) ? new Date() : date)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return `${format.resolvedOptions().timeZone} (${offset})`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
