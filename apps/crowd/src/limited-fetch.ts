/** At most `max` requests at a time; further ones wait in order. Never follows a redirection, which could leave this machine. */
export function limitFetch(max: number, send: typeof fetch = fetch): typeof fetch {
  const waiting: (() => void)[] = [];
  let free = max;
  return async (input, init) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await send(input, { ...init, redirect: 'error' });
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
