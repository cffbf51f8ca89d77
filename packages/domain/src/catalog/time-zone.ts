/** The zone of the currency's country. */
export const TIME_ZONE_DEFAULT = 'Asia/Seoul';

/** Whether the text is the name of a zone in the IANA database, such as `Asia/Seoul`. */
export function isTimeZone(text: string): boolean {
  // A name: `Intl` also knows offsets, which do not follow summer time.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
