import type { Client } from '../support/client.ts';

/** What was asked and answered, without what differs from run to run. */
export type Transcript = {
  readonly steps: readonly string[];
  /** The client, which from now on is listened to. */
  listen(client: Client): Client;
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
const CHANCE = /"(pollAfterMs|estimatedWaitSeconds|p\d\dSeconds)": [1-9][\d.]*/g;

export function createTranscript(): Transcript {
  const steps: string[] = [];
  const names = new Map<string, string>();
  /** Ids by the order in which they turn up. */
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
      .replaceAll(CHANCE, '"$1": <number>');

  return {
    steps,
    listen: (client) => ({
      close: () => client.close(),
      async send<Body>(call: Parameters<Client['send']>[0]) {
        const answer = await client.send<Body>(call);
        const { status, headers, body } = answer;
        const told = HEADERS.flatMap((name) =>
          headers[name] === undefined ? [] : [`${name}: ${String(headers[name])}`],
        );
        const asked = `${call.method} ${call.path.replace(/cursor=.*/, 'cursor=<cursor>')}`;
        // How often a fan polls depends on the moment: only the last of several polls in a row counts.
        if (call.path === POLL && steps.at(-1)?.startsWith(`GET ${POLL}\n`)) steps.pop();
        steps.push(normalise([asked, `${status}`, ...told, JSON.stringify(body, null, 1)].join('\n')));
        return answer;
      },
    }),
  };
}
