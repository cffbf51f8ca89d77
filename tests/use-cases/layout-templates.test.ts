import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import type { LayoutSource } from '@frontrow/application/use-cases/halls/create-layout-template.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { uniformLayout } from '@frontrow/domain/halls/numbered-seats.ts';
import { describe, expect, it } from 'vitest';
import { createConcert, saleTimes } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const UNKNOWN = refused('NOT_FOUND', { what: 'layout template' });
const NAME_USED = refused('VALIDATION_FAILED', { errors: [{ pointer: '/name' }] });
const [PARTERRE] = CONTRACT_LAYOUT.sections;
const SMALLER: Layout = { ...CONTRACT_LAYOUT, sections: [PARTERRE!] };

describe.each(environments)('layout templates ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);
  const newName = () => `Hall ${fixture().ports.ids.next()}`;
  const create = (name = newName(), source: LayoutSource = { layout: CONTRACT_LAYOUT }) =>
    fixture().app.createLayoutTemplate({ name, source, request: null, by: BY_STAFF });
  const createNew = async () => unwrap(await create()).value;
  const get = (id: string) => fixture().app.getLayoutTemplate(id);
  const replace = (
    layoutTemplateId: string,
    expected: number | null,
    facts: { name?: string; layout?: Layout } = {},
  ) =>
    fixture().app.replaceLayoutTemplate({
      layoutTemplateId,
      expected: expected === null ? null : new Set([expected]),
      name: newName(),
      layout: SMALLER,
      ...facts,
      by: BY_STAFF,
    });
  const remove = (layoutTemplateId: string, expected: number | null = null) =>
    fixture().app.deleteLayoutTemplate({
      layoutTemplateId,
      expected: expected === null ? null : new Set([expected]),
      by: BY_STAFF,
    });

  async function createDate(layoutTemplateId: string) {
    const { app, ports } = fixture();
    const facts = { concertId: await createConcert(app), venue: 'Hall', ...saleTimes(ports.clock.now()) };
    const command = { ...facts, layoutTemplateId, refundUntil: null, request: null, by: BY_STAFF };
    return app.createEvent(command);
  }
  const layoutOf = async (eventId: string) =>
    unwrap(await fixture().app.getLayout({ eventId, version: null })).layout;
  const audited = async (target: string) => {
    const filter = { actor: null, target, from: null, until: null };
    return (await fixture().ports.auditLogReads.list(filter, { limit: 10, cursor: null })).items;
  };

  it('are stored, listed, replaced and deleted', async () => {
    const template = await createNew();
    expect(template).toMatchObject({ seatCount: 4, version: 1 });
    expect(unwrap(await get(template.id))).toEqual({ template, layout: CONTRACT_LAYOUT });
    const replaced = unwrap(await replace(template.id, 1, { name: template.name }));
    expect(replaced).toMatchObject({ id: template.id, name: template.name, seatCount: 3, version: 2 });
    expect(unwrap(await get(template.id))).toEqual({ template: replaced, layout: SMALLER });
    const { items } = await fixture().app.listLayoutTemplates({ limit: 100, cursor: null });
    expect(items.filter(({ id }) => id === template.id)).toEqual([replaced]);
    unwrap(await remove(template.id, 2));
    expect(await get(template.id)).toEqual(UNKNOWN);
    expect(await remove(template.id)).toEqual(UNKNOWN);
    expect(await replace(template.id, null)).toEqual(UNKNOWN);
  });

  it('lose no update: one of many concurrent replacements of a version is done', async () => {
    const { id } = await createNew();
    const replacements = await Promise.all([1, 2, 3, 4].map(() => replace(id, 1)));
    expect(replacements.filter(({ ok }) => ok)).toHaveLength(1);
    expect(replacements.filter(({ ok }) => !ok)[0]).toEqual(refused('PRECONDITION_FAILED', { version: 2 }));
    expect(await remove(id, 1)).toEqual(refused('PRECONDITION_FAILED', { version: 2 }));
  });

  it('are named once, and checked with pointers to the faults', async () => {
    const [first, second] = [await createNew(), await createNew()];
    expect(await create(first.name)).toMatchObject(NAME_USED);
    expect(await replace(second.id, null, { name: first.name })).toMatchObject(NAME_USED);
    const faulty = { ...CONTRACT_LAYOUT, categories: CONTRACT_LAYOUT.categories.slice(0, 1) };
    const pointed = refused('VALIDATION_FAILED', {
      errors: [{ pointer: '/layout/sections/1/rows/0/seats/0/category' }],
    });
    expect(await create(newName(), { layout: faulty })).toMatchObject(pointed);
    expect(await replace(second.id, null, { layout: faulty })).toMatchObject(pointed);
    expect(unwrap(await get(second.id)).template).toEqual(second);
  });

  it('are created once for a key, also after they are deleted', async () => {
    const request = fixture().newRequest('staff');
    const command = { name: newName(), source: { layout: CONTRACT_LAYOUT }, request, by: BY_STAFF };
    const first = unwrap(await fixture().app.createLayoutTemplate(command));
    unwrap(await remove(first.value.id));
    const again = unwrap(await fixture().app.createLayoutTemplate(command));
    expect(again).toEqual({ value: first.value, replayed: true });
    expect(await get(first.value.id)).toEqual(UNKNOWN);
  });

  it('copy a template, or the present layout of a date, with or without one', async () => {
    const template = await createNew();
    const copy = unwrap(await create(newName(), { layoutTemplateId: template.id })).value;
    unwrap(await replace(template.id, 1));
    expect(unwrap(await get(copy.id)).layout).toEqual(CONTRACT_LAYOUT);

    const { value: event } = unwrap(await createDate(copy.id));
    const expected = null;
    unwrap(
      await fixture().app.replaceLayout({
        eventId: event.id,
        expected,
        layout: { ...CONTRACT_LAYOUT, stage: { x: 1, y: 2 } },
        by: BY_STAFF,
      }),
    );
    const ofDate = unwrap(await create(newName(), { eventId: event.id })).value;
    expect(unwrap(await get(ofDate.id)).layout).toEqual({ ...CONTRACT_LAYOUT, stage: { x: 1, y: 2 } });

    const { event: uniform } = await fixture().openSale({ event: { seatCount: 3, price: 700 } });
    const ofUniform = unwrap(await create(newName(), { eventId: uniform.id })).value;
    expect(unwrap(await get(ofUniform.id)).layout).toEqual(uniformLayout(3, 700));

    const unknown = fixture().ports.ids.next();
    expect(await create(newName(), { layoutTemplateId: unknown })).toEqual(UNKNOWN);
    expect(await create(newName(), { eventId: unknown })).toEqual(refused('NOT_FOUND', { what: 'event' }));
  });

  it('give dates their layouts, which no later change of the template changes', async () => {
    const template = await createNew();
    const { value: event } = unwrap(await createDate(template.id));
    expect(event).toMatchObject({ seatCount: 4, price: 50_000, layoutVersion: 1, version: 1 });
    unwrap(await replace(template.id, 1));
    expect(await layoutOf(event.id)).toEqual(CONTRACT_LAYOUT);
    unwrap(await remove(template.id));
    expect(await layoutOf(event.id)).toEqual(CONTRACT_LAYOUT);
    const { seats } = await fixture().ports.seatReads.list(event.id, []);
    expect(seats.map(({ status }) => status)).toEqual(['AVAILABLE', 'AVAILABLE', 'BLOCKED', 'AVAILABLE']);
    expect(await createDate(template.id)).toEqual(UNKNOWN);
    const [entry] = await audited(`event/${event.id}`);
    expect(entry?.after).toMatchObject({ id: event.id, layoutTemplateId: template.id });
  });

  it('may be deleted while dates are created from them: each date has the whole layout, or is refused', async () => {
    const template = await createNew();
    const [removed, ...created] = await Promise.all([
      remove(template.id),
      ...[1, 2, 3].map(() => createDate(template.id)),
    ]);
    expect(removed.ok).toBe(true);
    for (const date of created) {
      const outcome = date.ok ? await layoutOf(date.value.value.id) : date;
      expect([CONTRACT_LAYOUT, UNKNOWN]).toContainEqual(outcome);
    }
  });

  it('are in the audit log with the digests of their layouts', async () => {
    const template = await createNew();
    const replaced = unwrap(await replace(template.id, 1));
    unwrap(await remove(template.id));
    const layoutDigest = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    const entries = await audited(`layout-template/${template.id}`);
    expect(entries.map(({ before, after }) => ({ before, after }))).toEqual([
      { before: { ...replaced, layoutDigest }, after: null },
      { before: { ...template, layoutDigest }, after: { ...replaced, layoutDigest } },
      { before: null, after: { ...template, layoutDigest } },
    ]);
  });
});
