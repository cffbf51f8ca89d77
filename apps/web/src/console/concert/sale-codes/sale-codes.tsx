import { type SaleCode, answerOf, listSaleCodes } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client, clock } from '../../../shared/api.ts';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { Allowed } from '../../components/allowed.tsx';
import { Badge } from '../../components/badges.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant } from '../../components/instant.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { usePages } from '../../data/use-query.ts';
import { may } from '../../sign-in/scopes.ts';
import { CreateSaleCodes } from './create-sale-codes.tsx';
import { RevokeSaleCode } from './revoke-sale-code.tsx';
import { saleCodeName, saleCodeState } from './sale-code-state.ts';

const PAGE_LENGTH = 50;

/** The codes with which fans join before the public start. */
export function SaleCodes({ concertId }: { readonly concertId: string }) {
  const isCreating = useSignal(false);
  const revoking = useSignal<SaleCode | null>(null);
  const codes = usePages(
    (cursor, signal) =>
      answerOf(
        listSaleCodes({
          client,
          signal,
          path: { concertId },
          query: { limit: PAGE_LENGTH, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    [concertId],
  );
  const columns = columnsOf(clock.now(), (code) => {
    revoking.value = code;
  });
  return (
    <>
      <div class="section-head">
        <p class="muted">
          A fan with a code joins before the public start, while the policy has a presale. Only digests of the
          codes are stored.
        </p>
        <Allowed scope="sales:write">
          <button
            type="button"
            class="button"
            onClick={() => {
              isCreating.value = true;
            }}
          >
            New codes
          </button>
        </Allowed>
      </div>
      <Loaded query={codes}>
        {(items) => (
          <div>
            <DataTable
              caption="Sale codes, newest first"
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
              empty="The concert has no sale codes."
            />
            <LoadMore pages={codes} noun="codes" />
          </div>
        )}
      </Loaded>
      {isCreating.value && (
        <CreateSaleCodes
          concertId={concertId}
          onCreated={() => void codes.refresh()}
          onClose={() => {
            isCreating.value = false;
          }}
        />
      )}
      {revoking.value && (
        <RevokeSaleCode
          code={revoking.value}
          onRevoked={() => void codes.refresh()}
          onClose={() => {
            revoking.value = null;
          }}
        />
      )}
    </>
  );
}

function columnsOf(now: number, onRevoke: (code: SaleCode) => void): readonly Column<SaleCode>[] {
  const columns: readonly Column<SaleCode>[] = [
    { title: 'Code', cell: (code) => saleCodeName(code) },
    {
      title: 'State',
      cell: (code) => {
        const { tone, text } = saleCodeState(code, now);
        return <Badge tone={tone}>{text}</Badge>;
      },
    },
    {
      title: 'Uses',
      kind: 'number',
      cell: ({ uses, usesMax }) => `${formatNumber(uses)} of ${formatNumber(usesMax)}`,
    },
    { title: 'Valid from', cell: ({ validFrom }) => <Moment at={validFrom} /> },
    { title: 'Until', cell: ({ validUntil }) => <Moment at={validUntil} /> },
    { title: 'Created', cell: ({ createdAt }) => <Instant at={createdAt} /> },
  ];
  if (!may('sales:write')) return columns;
  const revoke: Column<SaleCode> = {
    title: 'Acts',
    kind: 'acts',
    cell: (code) =>
      code.revokedAt === null && (
        <button type="button" class="button button-quiet" onClick={() => onRevoke(code)}>
          Revoke<span class="visually-hidden"> {saleCodeName(code)}</span>
        </button>
      ),
  };
  return [...columns, revoke];
}

function Moment({ at }: { readonly at: string | null }) {
  return at === null ? <span class="muted">any time</span> : <Instant at={at} />;
}
