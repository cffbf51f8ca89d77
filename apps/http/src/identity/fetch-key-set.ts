/** A key set of a hundred keys takes about a third of this. */
export const KEY_SET_BYTES_MAX = 256 * 1024;

/** Fetches a key set as `fetch` does, but reads no more than `KEY_SET_BYTES_MAX`. Throws for a larger answer. */
export async function fetchKeySet(url: string, options: RequestInit): Promise<Response> {
  const { body, status, statusText, headers } = await fetch(url, options);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > KEY_SET_BYTES_MAX) throw new Error(`the key set has more than ${KEY_SET_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status, statusText, headers });
}
