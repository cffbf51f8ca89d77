import { type WalletEntry, answerOf, getUserWallet, listUserWalletEntries } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { Allowed } from '../components/allowed.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { usePages, useQuery } from '../data/use-query.ts';
import { AdjustWallet } from './adjust-wallet.tsx';
import { EntryTable } from './entry-table.tsx';

/** The balance of a user and what made it. */
export function UserWallet({ userId }: { readonly userId: string }) {
  const isAdjusting = useSignal(false);
  const path = { userId };
  const wallet = useQuery((signal) => answerOf(getUserWallet({ client, signal, path })), [userId]);
  const entries = usePages<WalletEntry>(
    (cursor, signal) =>
      answerOf(
        listUserWalletEntries({
          client,
          signal,
          path,
          query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    [userId],
  );
  return (
    <div class="stack">
      <div class="row row-spread">
        <Loaded query={wallet}>
          {({ balance }) => (
            <p>
              Balance <strong class="numbers balance">{formatMoney(balance)}</strong>
            </p>
          )}
        </Loaded>
        <Allowed scope="admin">
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              isAdjusting.value = true;
            }}
          >
            Adjust …
          </button>
        </Allowed>
      </div>
      <Loaded query={entries}>
        {(items) => (
          <EntryTable
            entries={items}
            caption="Entries of the wallet"
            empty={<p>Nothing was charged or paid.</p>}
          />
        )}
      </Loaded>
      <LoadMore pages={entries} noun="entries" />
      {isAdjusting.value && (
        <AdjustWallet
          userId={userId}
          onClose={() => {
            isAdjusting.value = false;
          }}
          onDone={() => {
            isAdjusting.value = false;
            void wallet.refresh();
            void entries.refresh();
          }}
        />
      )}
    </div>
  );
}
