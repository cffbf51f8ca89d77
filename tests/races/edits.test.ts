import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 0 });
const EDITORS = 20;
const ROUNDS = 20;
type Facts = { venue: string; price: number; seatCount: number };

async function read(editor: Fan, eventId: string): Promise<{ facts: Facts; etag: string }> {
  const answer = await editor.send<Facts>('GET', `/v1/admin/events/${eventId}`);
  return { facts: expectOk(answer), etag: String(answer.headers['etag']) };
}
const edit = (editor: Fan, eventId: string, etag: string, body: Partial<Facts>) =>
  editor.send<Facts>('PATCH', `/v1/admin/events/${eventId}`, { headers: { 'if-match': etag }, body });
const editorAt = (process: number) => installation().admin.at(process % 2);

it('lets one of two edits of a version through, at two processes, and keeps what the other did not change', async () => {
  const { eventId } = await installation().openSale();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { facts: before, etag } = await read(editorAt(round), eventId);
    const changes = [{ venue: `Hall ${round}` }, { price: 1_000 + round }];
    const answers = await Promise.all(
      changes.map((change, index) => edit(editorAt(round + index), eventId, etag, change)),
    );
    expect(countOccurrences(answers.map(outcome))).toEqual({ '200': 1, '412 PRECONDITION_FAILED': 1 });
    const won = changes[answers.findIndex(({ status }) => status === 200)];
    const { venue, price } = (await read(editorAt(round + 1), eventId)).facts;
    expect({ venue, price }).toEqual({ venue: before.venue, price: before.price, ...won });
  }
});

it('loses no edit of 20 editors at two processes who read again when they are refused', async () => {
  const { eventId } = await installation().openSale({ seatCount: 10 });
  const etags = await Promise.all(
    Array.from({ length: EDITORS }, async (_, editor) => {
      for (;;) {
        const { facts, etag } = await read(editorAt(editor), eventId);
        const answer = await edit(editorAt(editor), eventId, etag, { seatCount: facts.seatCount + 1 });
        if (answer.status === 200) return String(answer.headers['etag']);
        expect(outcome(answer)).toBe('412 PRECONDITION_FAILED');
      }
    }),
  );
  expect(new Set(etags).size).toBe(EDITORS);
  expect((await read(editorAt(0), eventId)).facts.seatCount).toBe(10 + EDITORS);
});

it('shows an edit to the fans of the other process, which has cached the date', async () => {
  const { eventId } = await installation().openSale();
  const fan = installation().fan('reader').at(1);
  const venueOf = async () => expectOk(await fan.send<Facts>('GET', `/v1/events/${eventId}`)).venue;
  for (let round = 1; round <= 5; round += 1) {
    await venueOf();
    const { etag } = await read(editorAt(0), eventId);
    expectOk(await edit(editorAt(0), eventId, etag, { venue: `Hall ${round}` }));
    await eventually(async () => expect(await venueOf()).toBe(`Hall ${round}`));
  }
});
