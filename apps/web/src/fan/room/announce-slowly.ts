import { announce } from '../../shared/announcements.tsx';

const BETWEEN_MS = 30_000;

/**
 * Announces texts that change all the time: the first at once, and then the newest at most every 30 s. Returns `say`, and
 * `stop`, after which nothing is said.
 */
export function announceSlowly(say: (text: string) => void = announce): {
  readonly say: (text: string) => void;
  readonly stop: () => void;
} {
  let newest = '';
  let said = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function sayNewest(): void {
    timer = undefined;
    if (newest === said) return;
    said = newest;
    say(said);
    timer = setTimeout(sayNewest, BETWEEN_MS);
  }

  return {
    say(text) {
      newest = text;
      if (timer === undefined) sayNewest();
    },
    stop: () => clearTimeout(timer),
  };
}
