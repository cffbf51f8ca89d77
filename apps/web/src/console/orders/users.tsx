import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso/router';
import { TextField } from '../components/fields.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Ledger } from './ledger.tsx';
import { userHref } from './user-href.ts';
import './orders.css';

/** The way to the orders and the wallet of a user, and the ledger of all wallets. */
export default function UsersPage() {
  const { route } = useLocation();
  const userId = useSignal('');
  return (
    <div class="stack">
      <PageHead title="Users and wallets" />
      <form
        class="row find-user"
        role="search"
        aria-label="Find a user"
        onSubmit={(event) => {
          event.preventDefault();
          if (userId.value.trim() !== '') route(userHref(userId.value.trim()));
        }}
      >
        <TextField label="User id" value={userId} type="search" required maxLength={128} />
        <button class="button">Open</button>
      </form>
      <section class="stack">
        <h2>Ledger</h2>
        <Ledger />
      </section>
    </div>
  );
}
