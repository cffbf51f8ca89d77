const LITERAL = /'(?:[^'\\]|\\.)*'/gs;
const STATEMENT =
  /^\s*(?:(insert)(?: ignore)? into|(update)|(delete) from|(select)\b.*?\bfrom|(\w+))(?:\s+`?(\w+)`?)?/is;
const STATEMENTS_MAX = 8;

/** What the statements of a text do to which tables, as in `insert payment, update reservation`, without a value. */
export function summarise(sql: string): string {
  const statements = sql.replaceAll(LITERAL, '?').split(';\n');
  const summaries = statements.slice(0, STATEMENTS_MAX).map(summariseOne);
  return summaries.join(', ') + (statements.length > STATEMENTS_MAX ? ', …' : '');
}

function summariseOne(statement: string): string {
  const [, insert, update, remove, select, other = 'statement', table] = STATEMENT.exec(statement) ?? [];
  const verb = insert ?? update ?? remove ?? select;
  return (verb === undefined ? other : `${verb} ${table ?? ''}`).trim().toLowerCase();
}
