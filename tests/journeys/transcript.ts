import type { Client } from '../support/client.ts';

/** The requests and answers of a journey, without the values that differ between runs. */
export type Transcript = {
  readonly steps: readonly string[];
  /** Returns a client that adds its requests and answers to the steps. */
  record(client: Client): Client;
};

const POLL = '/v1/queue-tokens/current';
const HEADERS = [
  'content-type',
  'location',
  'retry-after',
  'idempotent-replayed',
  'cache-control',
  'www-authenticate',
];
const ULID = /[0-9A-HJKMNP-TV-Z]{26}/g;
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const TICKET = /"token": "v1\.[\w.-]+"/g;
const CURSOR = /"nextCursor": "[\w-]+"/g;
const RANDOM_NUMBER = /"(pollAfterMs|estimatedWaitSeconds|p\d\dSeconds)": [1-9][\d.]*/g;
/** A process samples one estimate in a second, so a slow journey compares more waits than a fast one. */
const ESTIMATE_ERROR = /"estimateError": (null|\{[^}]*\})/g;
/** The room counts the seats that refunds have returned in its own time; the value is null before the first count. */
const SEATS_RETURNED = /"seatsReturned": (null|\d+)/g;

export function createTranscript(): Transcript {
  const steps: string[] = [];
  const names = new Map<string, string>();
  /** Numbers the ids in the order of their first appearance. */
  const nameOf = (id: string) => {
    const name = names.get(id) ?? `<id ${names.size + 1}>`;
    names.set(id, name);
    return name;
  };
  const normalise = (text: string) =>
    text
      .replaceAll(ULID, nameOf)
      .replaceAll(MOMENT, '<moment>')
      .replaceAll(TICKET, '"token": <ticket>')
      .replaceAll(CURSOR, '"nextCursor": <cursor>')
      .replaceAll(RANDOM_NUMBER, '"$1": <number>')
      .replaceAll(ESTIMATE_ERROR, '"estimateError": <error>')
      .replaceAll(SEATS_RETURNED, '"seatsReturned": <count>');

  return {
    steps,
    record: (client) => ({
      close: () => client.close(),
      async send<Body>(call: Parameters<Client['send']>[0]) {
        const answer = await client.send<Body>(call);
        const { status, headers, body } = answer;
        const headerLines = HEADERS.flatMap((name) =>
          headers[name] === undefined ? [] : [`${name}: ${String(headers[name])}`],
        );
        const request = `${call.method} ${call.path.replace(/cursor=.*/, 'cursor=<cursor>')}`;
        // The number of polls depends on timing, so only the last of consecutive polls is kept.
        if (call.path === POLL && steps.at(-1)?.startsWith(`GET ${POLL}\n`)) steps.pop();
        steps.push(
          normalise([request, `${status}`, ...headerLines, JSON.stringify(body, null, 1)].join('\n')),
        );
        return answer;
      },
    }),
  };
}
