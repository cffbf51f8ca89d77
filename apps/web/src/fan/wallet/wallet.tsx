import { type WalletEntry, answerOf, getWallet, listWalletEntries } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { client } from '../../shared/api.ts';
import { Notice } from '../../shared/components/notice.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { formatDateTime, formatMoney } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { settings } from '../../shared/settings.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { MoreButton } from '../lists/more-button.tsx';
import { createPages } from '../lists/pages.ts';
import { commonProblems } from '../problems/common-problems.ts';
import { SignedIn } from '../sign-in/signed-in.tsx';
import { ChargeForm } from './charge-form.tsx';
import { walletMessages } from './messages.ts';
import './wallet.css';

const FIRST_CHARGE = 300_000;

/** `/wallet`: the balance, its entries, and charging where every user may. */
export default function Wallet() {
  const texts = textsOf(walletMessages);
  return (
    <div class="stack">
      <PageTitle title={texts.title} />
      <SignedIn title={null} loading={<p class="loading">{texts.loading}</p>}>
        {() => <WalletOf />}
      </SignedIn>
    </div>
  );
}

function WalletOf() {
  const charges = useSignal(0);
  return (
    <>
      <div class="side-by-side">
        <Balance key={`balance ${charges.value}`} />
        {settings.walletCharges === 'open' ? (
          <section class="card">
            <ChargeForm
              atLeast={FIRST_CHARGE}
              onCharged={() => {
                charges.value += 1;
              }}
            />
          </section>
        ) : (
          <p class="muted">{textsOf(walletMessages).chargeElsewhere}</p>
        )}
      </div>
      <Entries key={`entries ${charges.value}`} />
    </>
  );
}

function Balance() {
  const texts = textsOf(walletMessages);
  const { data } = useAnswer(() => answerOf(getWallet({ client })), []);
  return (
    <section class="card balance">
      <span class="muted">{texts.balance}</span>
      <strong class="numbers">{data === null ? '…' : formatMoney(data.balance)}</strong>
    </section>
  );
}

function Entries() {
  const texts = textsOf(walletMessages);
  const pages = useMemo(() => createPages((query) => answerOf(listWalletEntries({ client, query }))), []);
  useEffect(() => void pages.loadMore(), [pages]);

  const { items, hasMore, problem } = pages;
  return (
    <section class="stack" aria-label={texts.entries}>
      <h2>{texts.entries}</h2>
      {problem.value !== null && <Notice tone="warn" alert title={textsOf(commonProblems)[problem.value]} />}
      {items.value.length === 0 && !hasMore.value && <p class="muted">{texts.noEntries}</p>}
      <ul class="wallet-entries">
        {items.value.map((entry) => (
          <Entry key={entry.entryId} entry={entry} />
        ))}
      </ul>
      <MoreButton pages={pages} />
    </section>
  );
}

function Entry({ entry }: { readonly entry: WalletEntry }) {
  const texts = textsOf(walletMessages);
  const { type, amount, balanceAfter, createdAt } = entry;
  return (
    <li class="wallet-entry">
      <span>
        {texts.types[type]}
        <time class="muted small" dateTime={createdAt}>
          {formatDateTime(createdAt)}
        </time>
      </span>
      <span class="numbers wallet-amount">
        <strong>
          {amount > 0 ? '+' : ''}
          {formatMoney(amount)}
        </strong>
        <span class="muted small">
          {texts.balanceAfter}: {formatMoney(balanceAfter)}
        </span>
      </span>
    </li>
  );
}
