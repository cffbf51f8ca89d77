type Renewal = {
  readonly fetch: typeof fetch;
  /** Asks for another access token than the refused one; null when the user is signed out, or nobody can be asked. */
  readonly renew: (refused: string) => Promise<string | null>;
};

/** A fetch that renews the access token once after a 401 and sends the request again: a 401 has changed nothing. */
export function createRenewingFetch({ fetch, renew }: Renewal): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const again = request.clone();
    const answer = await fetch(request);
    if (answer.status !== 401) return answer;
    const token = await renew(request.headers.get('Authorization')?.replace('Bearer ', '') ?? '');
    if (token === null) return answer;
    again.headers.set('Authorization', `Bearer ${token}`);
    return fetch(again);
  };
}
