/** As the rules of sales, of what has rows of sales and of wallets. On shards, the audit compares them in another way. */
export const RULES_OF_PAYMENTS = {
  'a payment is one debit of its payer': `
    select p.id, p.amount, count(e.id) as debits from payment p
    left join wallet_entry e on e.kind = 'PAYMENT' and e.payment_id = p.id
      and e.user_id = p.user_id and e.amount = -p.amount
    group by p.id, p.amount having debits <> 1`,

  'a debit is for a payment': `
    select e.id from wallet_entry e left join payment p on p.id = e.payment_id
    where e.kind = 'PAYMENT' and p.id is null`,

  'a refund is one credit of its payer': `
    select f.id, f.amount, e.id as entry_id from refund f
    left join wallet_entry e on e.id = f.wallet_entry_id and e.kind = 'REFUND'
      and e.user_id = f.user_id and e.amount = f.amount and e.payment_id = f.payment_id
    where e.id is null
    union all
    select null, e.amount, e.id from wallet_entry e left join refund f on f.wallet_entry_id = e.id
    where e.kind = 'REFUND' and f.id is null`,
} as const;
