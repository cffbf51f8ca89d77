import { type Order, answerOf, listUserOrders } from '@frontrow/client';
import { useRoute } from 'preact-iso/router';
import { client } from '../../shared/api.ts';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Tabs } from '../components/tabs.tsx';
import { usePages } from '../data/use-query.ts';
import { OrderTable } from './order-table.tsx';
import { userHref } from './user-href.ts';
import { UserWallet } from './user-wallet.tsx';

/** A user: what they have ordered, and their wallet. */
export default function UserPage() {
  const { params } = useRoute();
  const userId = params['userId'] ?? '';
  const isWallet = params['tab'] === 'wallet';
  return (
    <div>
      <PageHead title={`User ${userId}`} trail={[{ href: '/console/users', text: 'Users' }]} />
      <Tabs
        label="Parts of the user"
        tabs={[
          { href: userHref(userId), text: 'Orders' },
          { href: userHref(userId, 'wallet'), text: 'Wallet' },
        ]}
        current={isWallet ? userHref(userId, 'wallet') : userHref(userId)}
      />
      {isWallet ? <UserWallet userId={userId} /> : <UserOrders userId={userId} />}
    </div>
  );
}

function UserOrders({ userId }: { readonly userId: string }) {
  const orders = usePages<Order>(
    (cursor, signal) =>
      answerOf(
        listUserOrders({
          client,
          signal,
          path: { userId },
          query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    [userId],
  );
  return (
    <div class="stack">
      <Loaded query={orders}>
        {(items) => (
          <OrderTable orders={items} caption="Orders of the user" empty={<p>This user has no orders.</p>} />
        )}
      </Loaded>
      <LoadMore pages={orders} noun="orders" />
    </div>
  );
}
