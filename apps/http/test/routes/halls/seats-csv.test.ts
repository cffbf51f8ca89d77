import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { newSeats } from '@frontrow/domain/halls/new-seats.ts';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { describe, expect, it } from 'vitest';
import { accessTokenOf } from '../../support/access-token.ts';
import { newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const TEMPLATES = '/v1/admin/layout-templates';
const STAFF = { as: 'organiser', scope: 'sales:write sales:read' } as const;
const HEADER = 'section,row,seat,x,y,category,price,accessible,companionOf,obstructedView,blocked,rank';

const server = createTestServer();
const { call } = server;
let names = 0;

function createTemplate(source: object) {
  names += 1;
  return call(`POST ${TEMPLATES}`, { ...STAFF, key: newKey(), body: { name: `CSV ${names}`, ...source } });
}
async function layoutOf(seatsCsv: string) {
  const created = await createTemplate({ seatsCsv });
  expect(created).toMatchObject({ status: 201 });
  return (await call(`GET ${TEMPLATES}/${created.body.id}`, STAFF)).body.layout;
}
async function errorsOf(seatsCsv: string) {
  const { status, body } = await createTemplate({ seatsCsv });
  expect(status).toBe(400);
  return body.errors as { pointer: string; detail: string }[];
}
async function exportCsv(id: string): Promise<string> {
  const authorization = `Bearer ${await accessTokenOf('organiser', { scope: 'sales:read' })}`;
  const url = `${TEMPLATES}/${id}?format=csv`;
  const { body, headers } = await server.app.inject({ url, headers: { authorization } });
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  return body;
}

const rowsOf = ({ sections }: Layout) => sections.map(({ name, rows }) => ({ name, rows }));

const lineOf = (index: number) => `P,${index % 500},${index},${index},0,front,100,,,,,`;
const csvOf = (count: number) =>
  [HEADER, ...Array.from({ length: count }, (_, index) => lineOf(index))].join('\n');

describe('the seats of a template as CSV', () => {
  it('become a layout with every member', async () => {
    const csv = [
      HEADER,
      '"Parterre, left",A,1,0,0,front,90000,true,,,,',
      '"Parterre, left",A,2,-1.5,0,front,,,1,,,',
      '"Parterre, left",A,3,2e1,0,rear,50000,no,,"A ""pillar""",camera,7',
      '',
    ].join('\n');
    expect(await layoutOf(csv)).toEqual({
      categories: [
        { key: 'front', name: 'front', price: 90_000, colour: '#1e90ff' },
        { key: 'rear', name: 'rear', price: 50_000, colour: '#ffa500' },
      ],
      sections: [
        {
          name: 'Parterre, left',
          kind: 'SEATED',
          outline: [],
          rows: [
            {
              label: 'A',
              seats: [
                { label: '1', x: 0, y: 0, category: 'front', accessible: true },
                { label: '2', x: -1.5, y: 0, category: 'front', companionOf: '1' },
                {
                  label: '3',
                  x: 20,
                  y: 0,
                  category: 'rear',
                  accessible: false,
                  obstructedView: 'A "pillar"',
                  blocked: 'camera',
                  rank: 7,
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('are read as spreadsheets write them: a mark at the start, CRLF, semicolons, decimal commas, empty lines', async () => {
    const plain = await layoutOf(
      'category,section,row,seat,x,y,price\nR,1층,가,1,0.5,0,100\nR,1층,가,2,1,0,100',
    );
    const excel =
      '\ufeffcategory;section;row;seat;x;y;price\r\nR;1층;가;1;0,5;0;100\r\n;;;;;;\r\nR;1층;가;2;1;0;\r\n\r\n';
    expect(await layoutOf(excel)).toEqual(plain);
  });

  it('are exported, without a formula, as they are imported', async () => {
    const csv = `${HEADER}\n=1+1,-A,@1,0,0,front,100,,,=cmd|'/c calc'!A0,+house,`;
    const { body } = await createTemplate({ seatsCsv: csv });
    const exported = await exportCsv(body.id);
    expect(exported.split('\r\n')).toEqual([
      HEADER,
      "'=1+1,'-A,'@1,0,0,front,100,,,'=cmd|'/c calc'!A0,'+house,",
      '',
    ]);
    expect(await layoutOf(exported)).toEqual(await layoutOf(csv));
  });

  it('keep the seats of a layout, and their prices, through an export and an import', async () => {
    const { body } = await createTemplate({ layout: CONTRACT_LAYOUT });
    const layout = await layoutOf(await exportCsv(body.id));
    expect(newSeats(layout)).toEqual(newSeats(CONTRACT_LAYOUT));
    expect(rowsOf(layout)).toEqual(rowsOf(CONTRACT_LAYOUT));
  });

  it.each([
    ['', '/seatsCsv'],
    [HEADER, '/seatsCsv'],
    ['section,row,seat,x,y\nP,A,1,0,0', '/seatsCsv/1'],
    ['section,row,seat,x,y,category,__proto__\nP,A,1,0,0,front,x', '/seatsCsv/1'],
    [`${HEADER},x\nP,A,1,0,0,front`, '/seatsCsv/1'],
    [`${HEADER}\nP,A,1,0,0,front,100,,,,,,too,many`, '/seatsCsv/2'],
    [`${HEADER}\nP,A,1,left,0,front,100`, '/seatsCsv/2/x'],
    [`${HEADER}\nP,A,1,"0,5",0,front,100`, '/seatsCsv/2/x'],
    [`${HEADER}\nP,A,1,Infinity,0,front,100`, '/seatsCsv/2/x'],
    [`${HEADER}\nP,A,1,0,0,front,100.5`, '/seatsCsv/2/price'],
    [`${HEADER}\nP,A,1,0,0,front,-1`, '/seatsCsv/2/price'],
    [`${HEADER.replaceAll(',', ';')}\nP;A;1;0;0;front;120.000`, '/seatsCsv/2/price'],
    [`${HEADER.replaceAll(',', ';')}\nP;A;1;0;0;front;120,000`, '/seatsCsv/2/price'],
    [`${HEADER}\nP,A,1,0x10,0,front,100`, '/seatsCsv/2/x'],
    [`${HEADER}\nP\ufffd,A,1,0,0,front,100`, '/seatsCsv'],
    [`${HEADER}\nP,A,1,0,0,front,100,maybe`, '/seatsCsv/2/accessible'],
    [`${HEADER}\n\nP,,1,0,0,front,100`, '/seatsCsv/3/row'],
    [`${HEADER}\nP,A,1,0,0,front,100\nP,A,1,1,0,front,100`, '/seatsCsv/3/seat'],
    [`${HEADER}\nP,A,1,0,0,front`, '/seatsCsv/2/price'],
    [`${HEADER}\nP,A,1,0,0,"front`, '/seatsCsv/2'],
    [`${HEADER}\nP,A,1,0,0,"front"x,100`, '/seatsCsv/2'],
    [`${HEADER}\nP,A,1,0,0,front,100,,,"two\nlines",,`, '/seatsCsv/3/obstructedView'],
    [`${HEADER}\n${'x'.repeat(100_000)},A,1,0,0,front,100`, '/seatsCsv/2'],
  ])('are refused with the line and the column: %j', async (csv, pointer) => {
    const errors = await errorsOf(csv);
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('are refused with the first hundred faults', async () => {
    const lines = Array.from({ length: 1_000 }, () => 'P,A,1,x,y,front,100');
    expect(await errorsOf([HEADER, ...lines].join('\n'))).toHaveLength(100);
  });

  it('are at most 50,000', async () => {
    const { status, body } = await createTemplate({ seatsCsv: csvOf(SEATS_PER_EVENT_MAX) });
    expect([status, body.seatCount]).toEqual([201, SEATS_PER_EVENT_MAX]);
    expect(await errorsOf(csvOf(SEATS_PER_EVENT_MAX + 1))).toMatchObject([{ pointer: '/seatsCsv' }]);
  });
});

describe('GET /v1/admin/events/{eventId}/layout', () => {
  it('answers what creates the same date, template and next version', async () => {
    const { eventId, concertId } = await putOnSale(server, { price: undefined, layout: CONTRACT_LAYOUT });
    const path = `/v1/admin/events/${eventId}/layout` as const;
    const exported = await call(`GET ${path}`, STAFF);
    expect(exported.body).toEqual(CONTRACT_LAYOUT);

    const { body: template } = await createTemplate({ layout: exported.body });
    expect((await call(`GET ${TEMPLATES}/${template.id}`, STAFF)).body.layout).toEqual(CONTRACT_LAYOUT);

    const headers = { 'if-match': String(exported.headers.etag) };
    const replaced = await call(`PUT ${path}`, { ...STAFF, headers, body: exported.body });
    expect(replaced).toMatchObject({ status: 200, body: { layoutVersion: 2 } });
    expect((await call(`GET ${path}`, STAFF)).body).toEqual(CONTRACT_LAYOUT);

    const { body: first } = await call(`GET /v1/events/${eventId}`);
    const { venue, startsAt, reservationStartAt, reservationEndAt } = first as Record<string, string>;
    const date = { venue, startsAt, reservationStartAt, reservationEndAt, layout: exported.body as object };
    const request = { ...STAFF, key: newKey(), body: date };
    const again = await call(`POST /v1/admin/concerts/${concertId}/events`, request);
    expect(again.status).toBe(201);
    expect((await call(`GET /v1/admin/events/${again.body.id}/layout`, STAFF)).body).toEqual(CONTRACT_LAYOUT);
  });

  it('answers the one row of a date without a layout, which a replacement accepts', async () => {
    const { eventId } = await putOnSale(server);
    const path = `/v1/admin/events/${eventId}/layout` as const;
    const { body, headers } = await call(`GET ${path}`, STAFF);
    expect(body).toMatchObject({ categories: [{ key: 'standard', price: 100 }] });
    const ifMatch = { 'if-match': String(headers.etag) };
    const replaced = await call(`PUT ${path}`, { ...STAFF, headers: ifMatch, body });
    expect(replaced).toMatchObject({ status: 200, body: { layoutVersion: 1, seatCount: 50 } });
  });
});
