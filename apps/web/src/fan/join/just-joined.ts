let joined: string | null = null;

/** Remembers that the fan has joined with the click that led here. */
export function rememberJustJoined(concertId: string): void {
  joined = concertId;
}

/** Whether the fan comes from the click that joined the room of the concert; true once. */
export function takeJustJoined(concertId: string): boolean {
  const isJust = joined === concertId;
  if (isJust) joined = null;
  return isJust;
}
