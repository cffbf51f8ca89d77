import type { LedgerExport } from '@frontrow/application/use-cases/payments/read-ledger.ts';
import type { WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { z } from 'zod';
import { presentWalletEntry, walletEntry } from '../payments/wallet-schema.ts';
import type { Route } from '../route.ts';
import { type CsvRow, formatQuery, listOrCsv, sendCsv, wantsCsv } from '../shared/csv.ts';
import { EXAMPLE } from '../shared/examples.ts';
import { userId } from '../shared/fields.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';

const DAY_MS = 86_400_000;
const COLUMNS = ['entryId', 'userId', 'type', 'amount', 'balanceAfter', 'paymentId', 'createdAt'] as const;
const CSV_EXAMPLE = `${COLUMNS.join(',')}\r\n,,OPENING,300000,,,\r\n,,CLOSING,300000,,,\r\n`;

const ledgerEntry = walletEntry.extend({ userId });
/** The money in nine thousand full wallets; a double holds it exactly. */
const TOTAL_MAX = 9_000 * MONEY_MAX;
const total = z
  .int()
  .min(0)
  .max(TOTAL_MAX)
  .meta({ description: 'What all wallets together contain, in whole won' });
const ledgerPage = z
  .object({
    opening: total,
    closing: total,
    items: z.array(ledgerEntry),
    nextCursor: z.string().nullable(),
  })
  .meta({
    id: 'LedgerPage',
    examples: [
      {
        opening: 0,
        closing: 300_000,
        items: [
          {
            entryId: EXAMPLE.walletEntryId,
            userId: EXAMPLE.userId,
            type: 'CHARGE',
            amount: 300_000,
            balanceAfter: 300_000,
            paymentId: null,
            createdAt: '2026-12-01T11:00:30.015Z',
          },
        ],
        nextCursor: null,
      },
    ],
  });

export const listLedger: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/wallet-entries',
    exposeHeadRoute: false, // it would read the whole list
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listLedger',
      summary: 'List the entries of all wallets on a day, oldest first, as JSON or CSV',
      description:
        'For reconciliation: the opening sum and the amounts of all entries make the closing sum, which is the opening ' +
        'sum of the next day. CSV has all entries, between a row OPENING and a row CLOSING. The day is in UTC; ' +
        'entries of the present day may follow.',
      tags: ['Admin'],
      querystring: pageQuery.extend({
        day: z.iso
          .date('must be a day such as 2026-12-24')
          .meta({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$`, examples: ['2026-12-01'] }),
        format: formatQuery,
      }),
      response: { 200: listOrCsv(ledgerPage, CSV_EXAMPLE) },
    },
    handler: async (request, reply) => {
      const { day, ...query } = request.query;
      const from = Date.parse(day);
      const range = { from, until: from + DAY_MS };
      if (wantsCsv(request, query)) {
        const exported = await application.exportLedger(range);
        return sendCsv(reply, { name: `wallet-entries-${day}`, columns: COLUMNS }, rowsOf(exported));
      }
      const { opening, closing, ...page } = await application.listLedger(
        range,
        parsePageQuery('ledger', query),
      );
      return reply.send({ opening, closing, ...presentPage('ledger', page, presentEntry) });
    },
  });

type Row = CsvRow<(typeof COLUMNS)[number]>;

async function* rowsOf({ opening, batches }: LedgerExport): AsyncGenerator<readonly Row[]> {
  yield [sumRow('OPENING', opening)];
  let next = await batches.next();
  while (next.done !== true) {
    yield next.value.map(presentEntry);
    next = await batches.next();
  }
  yield [sumRow('CLOSING', next.value)];
}

function sumRow(type: 'OPENING' | 'CLOSING', amount: number): Row {
  return { entryId: null, userId: null, type, amount, balanceAfter: null, paymentId: null, createdAt: null };
}

function presentEntry(entry: WalletEntry): z.output<typeof ledgerEntry> {
  return { ...presentWalletEntry(entry), userId: entry.userId };
}
