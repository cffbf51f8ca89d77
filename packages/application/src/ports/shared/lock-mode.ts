/** What a lock does about a row that another transaction has locked: wait up to 2 s, or skip the row. */
export type LockMode = 'WAIT' | 'SKIP';
