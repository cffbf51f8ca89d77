/** As the rules of sales, of what has rows of wallets alone. */
export const RULES_OF_WALLETS: Readonly<Record<string, string>> = {
  'a balance is the sum of its ledger, entry by entry, and never negative': `
    select user_id, entry_number, balance_after from (
      select user_id, entry_number, balance_after,
        sum(amount) over (partition by user_id order by entry_number) as summed from wallet_entry) ledger
    where balance_after <> summed or balance_after < 0
    union all
    select w.user_id, w.entry_count, w.balance from wallet w
    left join (select user_id, sum(amount) as summed from wallet_entry group by user_id) l using (user_id)
    where w.balance <> coalesce(l.summed, 0) or w.balance < 0`,

  // Found where an entry was written with an older time than that of a saved total.
  'a saved total of the ledger is the sum of the entries before it': `
    select t.until_at, t.total, l.summed from ledger_total t left join (
      select timestampadd(hour, timestampdiff(hour, '1970-01-01', created_at) + 1, '1970-01-01') as until_at,
        sum(sum(amount)) over (order by min(created_at)) as summed
      from wallet_entry group by 1) l using (until_at)
    where not (l.summed <=> t.total)`,

  'the entries of a wallet are numbered from 1 to its count': `
    select w.user_id, w.entry_count, count(e.id) as entries, max(e.entry_number) as last from wallet w
    left join wallet_entry e on e.user_id = w.user_id
    group by w.user_id, w.entry_count
    having not (entries = w.entry_count and coalesce(last, 0) = w.entry_count)
    union all
    select e.user_id, null, count(*), max(e.entry_number) from wallet_entry e
    left join wallet w on w.user_id = e.user_id where w.user_id is null group by e.user_id`,
};
